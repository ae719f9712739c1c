import { makeStyles } from '@fluentui/react-components';
import { useCallback, useRef, type ReactNode } from 'react';
import { AnnounceContext } from './announce.ts';

const useStyles = makeStyles({
  hidden: {
    position: 'absolute',
    width: '1px',
    height: '1px',
    overflow: 'hidden',
    clipPath: 'inset(50%)',
    whiteSpace: 'nowrap',
  },
});

/** One polite live region for the whole page: regions that come and go are not read reliably. */
export function Announcer({ children }: { children: ReactNode }) {
  const styles = useStyles();
  const region = useRef<HTMLDivElement>(null);
  const announce = useCallback((text: string) => {
    const element = region.current;
    if (!element) return;
    // The same sentence twice in a row is read only if the text changes in between.
    element.textContent = '';
    setTimeout(() => {
      element.textContent = text;
    }, 50);
  }, []);
  return (
    <AnnounceContext.Provider value={announce}>
      {children}
      <div ref={region} role="status" aria-live="polite" className={styles.hidden} />
    </AnnounceContext.Provider>
  );
}
