import { makeStyles, tokens } from '@fluentui/react-components';
import { CheckmarkCircle24Filled } from '@fluentui/react-icons/svg/checkmark-circle';
import { useEffect, useRef } from 'react';

const useStyles = makeStyles({
  root: {
    display: 'flex',
    alignItems: 'flex-start',
    columnGap: tokens.spacingHorizontalM,
    padding: tokens.spacingHorizontalL,
    borderRadius: tokens.borderRadiusXLarge,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
    outlineStyle: 'none',
  },
  icon: { flexShrink: 0, color: tokens.colorStatusSuccessForeground1 },
});

/** What an answer has led to, in the place of the question. It takes the focus that the vanished button had. */
export function Done({ text }: { text: string }) {
  const styles = useStyles();
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => root.current?.focus(), []);
  return (
    <div ref={root} tabIndex={-1} role="status" className={styles.root}>
      <CheckmarkCircle24Filled className={styles.icon} aria-hidden />
      <span>{text}</span>
    </div>
  );
}
