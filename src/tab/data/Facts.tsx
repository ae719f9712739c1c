import { makeStyles, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  part: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', rowGap: tokens.spacingVerticalS },
  title: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  list: { margin: 0, display: 'grid', rowGap: tokens.spacingVerticalXS },
  fact: { display: 'flex', flexWrap: 'wrap', columnGap: tokens.spacingHorizontalL },
  name: { flexBasis: '11rem', flexShrink: 0, color: tokens.colorNeutralForeground2 },
  value: { flexBasis: '14rem', flexGrow: 1, minWidth: 0, margin: 0, overflowWrap: 'anywhere' },
});

/** A name and what stands for it; without a value it is left out. */
export type Fact = readonly [name: string, value: string | null | undefined];

/** Facts under a heading, one below the other. */
export function Facts({ title, facts, children }: { title: string; facts: readonly Fact[]; children?: ReactNode }) {
  const styles = useStyles();
  const known = facts.filter(([, value]) => value);
  return (
    <div className={styles.part}>
      <h3 className={styles.title}>{title}</h3>
      {known.length > 0 && (
        <dl className={styles.list}>
          {known.map(([name, value], index) => (
            <div key={index} className={styles.fact}>
              <dt className={styles.name}>{name}</dt>
              <dd className={styles.value}>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {children}
    </div>
  );
}
