import { Badge, makeStyles, mergeClasses, tokens, type BadgeProps } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { OverviewReply } from '../../../server/contract/administrator.ts';
import { Panel } from '../../components/Panel.tsx';
import { useFormats } from '../../components/use-formats.ts';
import { needsAdministrator, orderPairs } from './order-pairs.ts';
import { ReleaseButton } from './ReleaseButton.tsx';

const NARROW = '@media (max-width: 44rem)';

type Pair = OverviewReply['pairs'][number];

const COLUMNS = ['mentee', 'mentor', 'state', 'sessions', 'next', 'waiting'] as const;
type Column = (typeof COLUMNS)[number];

/** Whether a cell has nothing to tell. */
function isEmpty(pair: Pair, column: Column): boolean {
  if (column === 'sessions') return pair.sessionsBooked + pair.sessionsHeld + pair.sessionsConfirmed === 0;
  if (column === 'next') return pair.nextSession === null;
  return column === 'waiting' && pair.answersWaiting === 0;
}

const colorOf = (pair: Pair): BadgeProps['color'] => {
  if (needsAdministrator(pair)) return 'warning';
  return pair.state === 'booked' ? 'success' : 'informative';
};

const useStyles = makeStyles({
  table: { width: '100%', borderCollapse: 'collapse', [NARROW]: { display: 'block' } },
  head: { [NARROW]: { display: 'none' } },
  body: { [NARROW]: { display: 'grid', rowGap: tokens.spacingVerticalM } },
  row: {
    borderBottom: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
    [NARROW]: { display: 'grid', rowGap: tokens.spacingVerticalXS, paddingBottom: tokens.spacingVerticalM },
  },
  cell: {
    textAlign: 'left',
    verticalAlign: 'top',
    padding: tokens.spacingVerticalS,
    paddingLeft: 0,
    fontWeight: tokens.fontWeightRegular,
    overflowWrap: 'anywhere',
    [NARROW]: {
      display: 'flex',
      columnGap: tokens.spacingHorizontalM,
      padding: 0,
      '::before': {
        content: 'attr(data-label)',
        flexBasis: '7rem',
        flexShrink: 0,
        color: tokens.colorNeutralForeground2,
        fontSize: tokens.fontSizeBase200,
      },
    },
  },
  title: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  /** On a phone only what there is. */
  empty: { [NARROW]: { display: 'none' } },
  // A long state takes two lines.
  state: { height: 'auto', minHeight: '20px', textAlign: 'left' },
  hint: { display: 'block', color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  value: { display: 'grid', justifyItems: 'start', rowGap: tokens.spacingVerticalXS, minWidth: 0 },
});

/**
 * The pairs. On a phone each row becomes a small list; the roles are written out because `display` would take them away.
 */
export function PairsTable({ pairs }: { pairs: OverviewReply['pairs'] }) {
  const styles = useStyles();
  const { t } = useTranslation(['app', 'program']);
  const formats = useFormats();
  const title = t('program:pairs');
  if (pairs.length === 0) return <Panel title={title} lead={t('program:pairsNone')} />;
  const cells = (pair: Pair): Record<Column, ReactNode> => ({
    mentee: pair.menteeName,
    mentor: pair.mentorName,
    state: (
      <Badge appearance="tint" color={colorOf(pair)} className={styles.state}>
        {t(`pairStates.${pair.state}`)}
      </Badge>
    ),
    sessions: [pair.sessionsBooked, pair.sessionsHeld, pair.sessionsConfirmed]
      .map((n) => formats.number(n))
      .join(' / '),
    next: pair.nextSession ? formats.moment(pair.nextSession) : '–',
    waiting: formats.number(pair.answersWaiting),
  });
  return (
    <Panel title={title}>
      <table role="table" aria-label={title} className={styles.table}>
        <thead role="rowgroup" className={styles.head}>
          <tr role="row">
            {COLUMNS.map((column) => (
              <th key={column} role="columnheader" scope="col" className={mergeClasses(styles.cell, styles.title)}>
                {t(`program:columns.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup" className={styles.body}>
          {orderPairs(pairs).map((pair) => {
            const texts = cells(pair);
            return (
              <tr key={pair.pairId} role="row" className={styles.row}>
                {COLUMNS.map((column) => (
                  <td
                    key={column}
                    role="cell"
                    data-label={t(`program:columns.${column}`)}
                    className={mergeClasses(styles.cell, isEmpty(pair, column) && styles.empty)}
                  >
                    <div className={styles.value}>
                      {texts[column]}
                      {column === 'state' && pair.wantsAnotherMatch && (
                        <span>
                          {t('program:wish')}
                          <span className={styles.hint}>{t('program:wishHint')}</span>
                        </span>
                      )}
                      {column === 'state' && needsAdministrator(pair) && (
                        <ReleaseButton pairId={pair.pairId} name={pair.menteeName} />
                      )}
                    </div>
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </Panel>
  );
}
