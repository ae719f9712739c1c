import { makeStyles, tokens } from '@fluentui/react-components';
import { CheckmarkCircle20Filled } from '@fluentui/react-icons/svg/checkmark-circle';
import { ErrorCircle20Filled } from '@fluentui/react-icons/svg/error-circle';
import { SubtractCircle20Regular } from '@fluentui/react-icons/svg/subtract-circle';
import type { FindingReply } from '../../../server/contract/check.ts';

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: 'none', display: 'grid', rowGap: tokens.spacingVerticalL },
  item: { display: 'grid', gridTemplateColumns: 'auto minmax(0, 1fr)', columnGap: tokens.spacingHorizontalM },
  text: { display: 'grid', rowGap: tokens.spacingVerticalXXS, overflowWrap: 'anywhere' },
  name: { fontWeight: tokens.fontWeightSemibold, '::first-letter': { textTransform: 'uppercase' } },
  found: { color: tokens.colorNeutralForeground2 },
  ok: { color: tokens.colorStatusSuccessForeground1 },
  problem: { color: tokens.colorStatusDangerForeground1 },
  skipped: { color: tokens.colorNeutralForeground3 },
});

const ICONS = { ok: CheckmarkCircle20Filled, problem: ErrorCircle20Filled, skipped: SubtractCircle20Regular };

/** What was looked at, what was found, and what to do about it. The list's heading says how its findings ended. */
export function FindingList({ findings, label }: { findings: FindingReply[]; label: string }) {
  const styles = useStyles();
  return (
    <ul className={styles.list} aria-label={label}>
      {findings.map(({ name, state, found, todo }, index) => {
        const Icon = ICONS[state];
        return (
          <li key={index} className={styles.item}>
            <Icon aria-hidden className={styles[state]} />
            <div className={styles.text}>
              {/* A block, for a first letter belongs to blocks alone. */}
              <div className={styles.name}>{name}</div>
              <div className={styles.found}>{found}</div>
              {todo && <div>{todo}</div>}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
