import { Button, MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WishChangeBody } from '../../../server/contract/matching-review.ts';
import { readMatching } from '../../api/read-matching.ts';
import { setWishes } from '../../api/set-wishes.ts';
import { useAnnounce } from '../../components/announce.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { LoadingPart } from '../../components/Loading.tsx';
import { useServices } from '../../components/services.ts';
import { BlockingPanel } from '../matching/BlockingPanel.tsx';
import { PairList } from '../matching/PairList.tsx';
import { PublishPanel } from '../matching/PublishPanel.tsx';
import { RunPanel } from '../matching/RunPanel.tsx';
import { namePairs } from '../matching/select-pairs.ts';
import { CohortPage } from '../program/CohortPage.tsx';
import { UnmatchedPanel } from '../matching/UnmatchedPanel.tsx';
import type { Plan } from '../matching/wish-changes.ts';
import { WishDialog } from '../matching/WishDialog.tsx';
import { WishesPanel } from '../matching/WishesPanel.tsx';

/** Where the administrator reviews a matching before anybody is asked. */
export function MatchingPage() {
  const { t } = useTranslation('matching');
  return (
    <CohortPage title={t('title')} none={t('noCohort')}>
      {(_overview, cohortId) => <Review cohortId={cohortId} />}
    </CohortPage>
  );
}

function Review({ cohortId }: { cohortId: string }) {
  const { t } = useTranslation('matching');
  const { client } = useServices();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const [plan, setPlan] = useState<Plan | null>(null);
  const [undo, setUndo] = useState<WishChangeBody[] | null>(null);
  const review = useQuery({
    queryKey: ['matching', cohortId],
    queryFn: ({ signal }) => readMatching(client, cohortId, signal),
  });
  const refresh = useCallback(
    () => Promise.all(['matching', 'overview'].map((name) => queries.invalidateQueries({ queryKey: [name] }))),
    [queries],
  );
  const takeBack = useMutation({
    mutationFn: (changes: WishChangeBody[]) => setWishes(client, cohortId, changes),
    onSuccess() {
      setUndo(null);
      announce(t('wish.undone'));
    },
    onSettled: refresh,
  });
  const { data } = review;
  const pairs = useMemo(() => (data ? namePairs(data) : []), [data]);
  if (review.isPending) return <LoadingPart size="wide" />;
  if (!data) return <ErrorNotice error={review.error} onRetry={() => void review.refetch()} />;
  return (
    <>
      <RunPanel cohortId={cohortId} review={data} onDone={refresh} />
      {undo && (
        <MessageBar intent="success" layout="multiline">
          <MessageBarBody>{t('wish.done')}</MessageBarBody>
          <MessageBarActions>
            <Button disabledFocusable={takeBack.isPending} onClick={() => !takeBack.isPending && takeBack.mutate(undo)}>
              {t('wish.undo')}
            </Button>
          </MessageBarActions>
        </MessageBar>
      )}
      {takeBack.error && <ErrorNotice error={takeBack.error} />}
      {takeBack.data?.outcome === 'refused' && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{takeBack.data.text}</MessageBarBody>
        </MessageBar>
      )}
      <PublishPanel cohortId={cohortId} proposed={pairs.filter(({ state }) => state === 'proposed').length} />
      {data.run && <PairList pairs={pairs} onPlan={setPlan} />}
      <UnmatchedPanel review={data} onPlan={setPlan} />
      <BlockingPanel review={data} onPlan={setPlan} />
      <WishesPanel review={data} onPlan={setPlan} />
      {plan && (
        <WishDialog
          cohortId={cohortId}
          plan={plan}
          review={data}
          pairs={pairs}
          onClose={() => setPlan(null)}
          onDone={(changes) => {
            setPlan(null);
            setUndo(changes);
            announce(t('wish.done'));
            void refresh();
          }}
        />
      )}
    </>
  );
}
