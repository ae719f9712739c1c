import { makeStyles, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AskView } from '../../server/contract/http.ts';
import { readHome } from '../api/read-home.ts';
import { Done } from '../components/Done.tsx';
import { LoadingPart } from '../components/Loading.tsx';
import { useServices } from '../components/services.ts';
import { askKey } from '../tab/home/ask.ts';

/** Forms are loaded when there is something to answer. */
const Ask = lazy(async () => ({ default: (await import('../tab/home/Ask.tsx')).Ask }));

/** What is about times is answered beside the calendar; the longer questions are in chat and tab. */
const IN_PANE: readonly AskView['kind'][] = ['proposal', 'assistantProposal', 'newTime'];

const useStyles = makeStyles({
  group: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', rowGap: tokens.spacingVerticalL },
  title: {
    margin: 0,
    fontSize: tokens.fontSizeBase400,
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorNeutralForeground2,
  },
});

/**
 * The questions about times that wait for the caller, answerable in the pane (product.md D5). Nothing while they are read
 * and when they cannot be: the pane is about the meeting beside it.
 */
export function PaneAsks() {
  const styles = useStyles();
  const { t } = useTranslation();
  const { client } = useServices();
  const [done, setDone] = useState<{ key: string; text: string }[]>([]);
  const home = useQuery({ queryKey: ['home'], queryFn: ({ signal }) => readHome(client, signal) });
  const asks = (home.data?.asks ?? []).filter(
    (ask) => IN_PANE.includes(ask.kind) && !done.some(({ key }) => key === askKey(ask)),
  );
  if (asks.length + done.length === 0) return null;
  return (
    <div className={styles.group}>
      <h2 className={styles.title}>{t('home.asksTitle')}</h2>
      {done.map(({ key, text }) => (
        <Done key={key} text={text} />
      ))}
      {asks.map((ask) => (
        <Suspense key={askKey(ask)} fallback={<LoadingPart />}>
          <Ask ask={ask} onDone={(text) => setDone((before) => [...before, { key: askKey(ask), text }])} />
        </Suspense>
      ))}
    </div>
  );
}
