import { Button, Field, Input, makeStyles, Select, tokens } from '@fluentui/react-components';
import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../components/Panel.tsx';
import { useFormats } from '../../components/use-formats.ts';
import { PairGraph } from './PairGraph.tsx';
import { NARROW, PairRow } from './PairRow.tsx';
import { PAIR_ORDERS, selectPairs, type NamedPair, type PairOrder } from './select-pairs.ts';
import type { Plan } from './wish-changes.ts';

/** Pairs of one page of the list: as many as one reads, and few enough that nothing about them takes long. */
const ON_A_PAGE = 25;

const useStyles = makeStyles({
  controls: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 14rem), 1fr))',
    alignItems: 'end',
    gap: tokens.spacingHorizontalM,
  },
  table: { width: '100%', borderCollapse: 'collapse', [NARROW]: { display: 'block' } },
  head: { [NARROW]: { display: 'none' } },
  body: { [NARROW]: { display: 'grid', rowGap: tokens.spacingVerticalM } },
  title: {
    textAlign: 'left',
    paddingBlock: tokens.spacingVerticalS,
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightRegular,
  },
  pager: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM },
});

/** The pairs, as a list or as a picture of who is with whom; the picture shows the same page of the same pairs. */
export function PairList({ pairs, onPlan }: { pairs: readonly NamedPair[]; onPlan: (plan: Plan) => void }) {
  const styles = useStyles();
  const { t } = useTranslation('matching');
  const formats = useFormats();
  const [words, setWords] = useState('');
  const [order, setOrder] = useState<PairOrder>('worst');
  const [view, setView] = useState<'list' | 'graph'>('list');
  const [page, setPage] = useState(0);
  // Typing stays quick whatever the list needs.
  const searched = useDeferredValue(words);
  const found = useMemo(() => selectPairs(pairs, searched, order), [pairs, searched, order]);
  const pages = Math.max(1, Math.ceil(found.length / ON_A_PAGE));
  const at = Math.min(page, pages - 1);
  const shown = found.slice(at * ON_A_PAGE, (at + 1) * ON_A_PAGE);
  const title = t('pairs.title');
  if (pairs.length === 0) return <Panel title={title} lead={t('pairs.none')} />;
  return (
    <Panel title={title} lead={t('pairs.count', { count: pairs.length })}>
      <div className={styles.controls}>
        <Field label={t('pairs.search')}>
          <Input
            type="search"
            value={words}
            onChange={(_event, { value }) => {
              setWords(value);
              setPage(0);
            }}
          />
        </Field>
        <Field label={t('pairs.order')}>
          <Select value={order} onChange={(_event, { value }) => setOrder(value as PairOrder)}>
            {PAIR_ORDERS.map((one) => (
              <option key={one} value={one}>
                {t(`pairs.orders.${one}`)}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t('pairs.view')}>
          <Select value={view} onChange={(_event, { value }) => setView(value as typeof view)}>
            <option value="list">{t('pairs.views.list')}</option>
            <option value="graph">{t('pairs.views.graph')}</option>
          </Select>
        </Field>
      </div>
      {found.length === 0 && <div role="status">{t('pairs.notFound')}</div>}
      {found.length > 0 && view === 'graph' && <PairGraph pairs={shown} onName={setWords} />}
      {found.length > 0 && view === 'list' && (
        <table role="table" aria-label={title} className={styles.table}>
          <thead role="rowgroup" className={styles.head}>
            <tr role="row">
              {(['pair', 'fit', 'actions'] as const).map((column) => (
                <th key={column} role="columnheader" scope="col" className={styles.title}>
                  {t(`pairs.columns.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody role="rowgroup" className={styles.body}>
            {shown.map((pair) => (
              <PairRow key={pair.pairId} pair={pair} onPlan={onPlan} />
            ))}
          </tbody>
        </table>
      )}
      {pages > 1 && (
        <nav aria-label={t('pairs.pages')} className={styles.pager}>
          <Button disabledFocusable={at === 0} onClick={() => setPage(Math.max(0, at - 1))}>
            {t('pairs.previous')}
          </Button>
          <span role="status">
            {t('pairs.range', {
              from: formats.number(at * ON_A_PAGE + 1),
              to: formats.number(at * ON_A_PAGE + shown.length),
              of: formats.number(found.length),
            })}
          </span>
          <Button disabledFocusable={at === pages - 1} onClick={() => setPage(Math.min(pages - 1, at + 1))}>
            {t('pairs.next')}
          </Button>
        </nav>
      )}
    </Panel>
  );
}
