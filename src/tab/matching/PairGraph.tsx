import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { layOutGraph, type GraphPerson } from './lay-out-graph.ts';
import type { NamedPair } from './select-pairs.ts';

/** Height of a row: a target that a finger hits. */
const ROW = 36;

const useStyles = makeStyles({
  root: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) minmax(3rem, 1fr) minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalXS,
  },
  column: { margin: 0, padding: 0, listStyleType: 'none' },
  item: { height: `${ROW}px`, display: 'flex', alignItems: 'center', minWidth: 0 },
  end: { justifyContent: 'flex-end' },
  name: { minWidth: 0, maxWidth: '100%', fontWeight: tokens.fontWeightRegular },
  text: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  lines: { width: '100%', overflow: 'visible' },
  line: { stroke: tokens.colorNeutralStroke1, strokeWidth: '1.5' },
  chosen: { stroke: tokens.colorBrandStroke1, strokeWidth: '3' },
  title: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, height: '24px' },
});

/**
 * Who is with whom, as two columns with lines between them. Each name can be reached by keyboard and says its partners, so
 * that nothing is told by the lines alone; pressing one shows that person's pairs.
 */
export function PairGraph({ pairs, onName }: { pairs: readonly NamedPair[]; onName: (name: string) => void }) {
  const styles = useStyles();
  const { t } = useTranslation('matching');
  const [chosen, setChosen] = useState<string | null>(null);
  const { mentees, mentors, lines } = useMemo(() => layOutGraph(pairs), [pairs]);
  const height = ROW * Math.max(mentees.length, mentors.length);
  const middle = (place: number): number => (place + 0.5) * ROW;
  const column = (people: readonly GraphPerson[], side: 'mentees' | 'mentors') => (
    <div>
      <div className={styles.title} id={`graph-${side}`} style={{ textAlign: side === 'mentees' ? 'end' : 'start' }}>
        {t(`graph.${side}`)}
      </div>
      <ul aria-labelledby={`graph-${side}`} className={styles.column}>
        {people.map(({ personId, name, partners }) => (
          <li key={personId} className={side === 'mentees' ? `${styles.item} ${styles.end}` : styles.item}>
            <Button
              appearance="subtle"
              size="small"
              className={styles.name}
              aria-label={t('graph.person', { name, partners: partners.join(', ') })}
              onFocus={() => setChosen(personId)}
              onBlur={() => setChosen(null)}
              onMouseEnter={() => setChosen(personId)}
              onMouseLeave={() => setChosen(null)}
              onClick={() => onName(name)}
            >
              <span className={styles.text}>{name}</span>
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
  return (
    <div className={styles.root}>
      {column(mentees, 'mentees')}
      <div>
        <div className={styles.title} />
        <svg
          aria-hidden
          className={styles.lines}
          height={height}
          viewBox={`0 0 100 ${height}`}
          preserveAspectRatio="none"
        >
          {lines.map(({ pairId, menteeId, mentorId, from, to }) => (
            <line
              key={pairId}
              x1={0}
              x2={100}
              y1={middle(from)}
              y2={middle(to)}
              vectorEffect="non-scaling-stroke"
              className={menteeId === chosen || mentorId === chosen ? styles.chosen : styles.line}
            />
          ))}
        </svg>
      </div>
      {column(mentors, 'mentors')}
    </div>
  );
}
