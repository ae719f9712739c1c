import { makeStyles, tokens } from '@fluentui/react-components';
import { ErrorCircle20Filled } from '@fluentui/react-icons/svg/error-circle';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    paddingInline: tokens.spacingHorizontalM,
    paddingBlock: tokens.spacingVerticalS,
    borderRadius: tokens.borderRadiusMedium,
    border: `${tokens.strokeWidthThin} solid ${tokens.colorStatusDangerBorder1}`,
    backgroundColor: tokens.colorStatusDangerBackground1,
    color: tokens.colorNeutralForeground1,
  },
  icon: { flexShrink: 0, alignSelf: 'start', color: tokens.colorStatusDangerForeground1 },
  text: { flexGrow: 1, flexBasis: '12rem', overflowWrap: 'anywhere' },
  actions: { display: 'flex', marginInlineStart: 'auto' },
});

/**
 * Something went wrong, read out at once: what it is, and what to do about it at the end. Part of the first load of every
 * page, where Fluent's MessageBar with its motion and live region is too much for one sentence.
 */
export function Notice({ children, action }: { children: ReactNode; action?: ReactNode }) {
  const styles = useStyles();
  return (
    <div role="alert" className={styles.root}>
      <ErrorCircle20Filled className={styles.icon} aria-hidden />
      <div className={styles.text}>{children}</div>
      {action && <div className={styles.actions}>{action}</div>}
    </div>
  );
}
