import { makeStyles, tokens } from '@fluentui/react-components';
import { Checkmark16Filled } from '@fluentui/react-icons/svg/checkmark';
import { useId } from 'react';

const useStyles = makeStyles({
  title: {
    margin: 0,
    marginBottom: tokens.spacingVerticalS,
    fontSize: tokens.fontSizeBase300,
    fontWeight: tokens.fontWeightSemibold,
  },
  list: { margin: 0, padding: 0, listStyleType: 'none', display: 'grid', rowGap: tokens.spacingVerticalS },
  item: { display: 'flex', columnGap: tokens.spacingHorizontalS, overflowWrap: 'anywhere' },
  icon: { flexShrink: 0, marginTop: tokens.spacingVerticalXXS, color: tokens.colorBrandForeground1 },
});

export interface ReasonListProps {
  title: string;
  /** Whether the title is shown; where the place says it already, it only names the list. */
  isTitled?: boolean;
  reasons: readonly string[];
}

/** Whole sentences, one below the other; nothing when there are none. */
export function ReasonList({ title, isTitled = true, reasons }: ReasonListProps) {
  const styles = useStyles();
  const id = useId();
  if (reasons.length === 0) return null;
  return (
    <div>
      {isTitled && (
        <h4 id={id} className={styles.title}>
          {title}
        </h4>
      )}
      <ul {...(isTitled ? { 'aria-labelledby': id } : { 'aria-label': title })} className={styles.list}>
        {reasons.map((reason) => (
          <li key={reason} className={styles.item}>
            <Checkmark16Filled className={styles.icon} aria-hidden />
            <span>{reason}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
