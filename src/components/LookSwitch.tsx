import { makeStyles } from '@fluentui/react-components';
import { lazy, Suspense } from 'react';
import { useLook } from './look.ts';

const useStyles = makeStyles({ root: { maxWidth: '10rem', minHeight: '24px' } });
const LookSelect = lazy(async () => ({ default: (await import('./LookSelect.tsx')).LookSelect }));

/** The choice of appearance; nothing where the host decides, and nothing of it is loaded there. */
export function LookSwitch() {
  const styles = useStyles();
  const { choice } = useLook();
  if (!choice) return null;
  return (
    <Suspense fallback={<div className={styles.root} />}>
      <LookSelect choice={choice} className={styles.root} />
    </Suspense>
  );
}
