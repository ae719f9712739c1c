import { ArrowLeft20Regular } from '@fluentui/react-icons/svg/arrow-left';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { FindingState } from '../../../server/contract/check.ts';
import { runCheck } from '../../api/run-check.ts';
import { Actions } from '../../components/Actions.tsx';
import { useAnnounce } from '../../components/announce.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { LinkButton } from '../../components/LinkButton.tsx';
import { LoadingPart } from '../../components/Loading.tsx';
import { Page } from '../../components/Page.tsx';
import { Panel } from '../../components/Panel.tsx';
import { useServices } from '../../components/services.ts';
import { SubmitButton } from '../../components/SubmitButton.tsx';
import { useFormats } from '../../components/use-formats.ts';
import { FindingList } from '../check/FindingList.tsx';

/** What has to be done comes first. */
const ORDER: FindingState[] = ['problem', 'skipped', 'ok'];

/** The self-check for administrators: the same as `inverso check`, in the reader's language. */
export function CheckPage() {
  const { t } = useTranslation('check');
  const { t: tApp } = useTranslation();
  const { client } = useServices();
  const formats = useFormats();
  const announce = useAnnounce();
  const summarize = (count: number): string => (count === 0 ? t('inOrder') : t('summary', { count }));
  const check = useQuery({
    queryKey: ['check'],
    queryFn: async ({ signal }) => {
      const reply = await runCheck(client, signal);
      announce(summarize(reply.findings.filter(({ state }) => state === 'problem').length));
      return reply;
    },
    // It is looked at when somebody asks for it, not whenever the window comes to the front.
    staleTime: Infinity,
    retry: false,
  });
  const findings = check.data?.findings ?? [];
  const problems = findings.filter(({ state }) => state === 'problem').length;
  const back = (
    <LinkButton appearance="subtle" size="small" icon={<ArrowLeft20Regular />} to="/program">
      {tApp('app.back')}
    </LinkButton>
  );
  return (
    <Page title={t('title')} lead={t('lead')} back={back}>
      {check.isPending && <LoadingPart />}
      {check.error && <ErrorNotice error={check.error} onRetry={() => void check.refetch()} />}
      {check.data && (
        <>
          <Panel
            isAccent={problems > 0}
            title={summarize(problems)}
            lead={t('checkedAt', { at: formats.moment(check.data.checkedAt) })}
          >
            <Actions>
              <SubmitButton
                appearance="secondary"
                isBusy={check.isFetching}
                onClick={() => !check.isFetching && void check.refetch()}
              >
                {t('again')}
              </SubmitButton>
            </Actions>
          </Panel>
          {ORDER.map((state) => {
            const those = findings.filter((finding) => finding.state === state);
            return (
              those.length > 0 && (
                <Panel key={state} title={t(`states.${state}`)}>
                  <FindingList findings={those} label={t(`states.${state}`)} />
                </Panel>
              )
            );
          })}
        </>
      )}
    </Page>
  );
}
