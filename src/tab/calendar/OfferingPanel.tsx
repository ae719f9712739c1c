import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { previewOffering } from '../../api/preview-offering.ts';
import { Actions } from '../../components/Actions.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { Panel } from '../../components/Panel.tsx';
import { useServices } from '../../components/services.ts';
import { SubmitButton } from '../../components/SubmitButton.tsx';

/** The dry run of offering: how many pairs would find a time at all dates. Nothing is written to anybody. */
export function OfferingPanel({ cohortId }: { cohortId: string }) {
  const { t } = useTranslation('running');
  const { client } = useServices();
  const look = useMutation({ mutationFn: () => previewOffering(client, cohortId) });
  const { data } = look;
  return (
    <Panel title={t('offering.title')} lead={t('offering.lead')}>
      <div aria-live="polite">
        {data?.pairs === 0 && <div>{t('offering.nobody')}</div>}
        {data && data.pairs > 0 && (
          <ul>
            {(['allDates', 'someMoved', 'none', 'unreadable'] as const).map(
              (kind) => data[kind] > 0 && <li key={kind}>{t(`offering.${kind}`, { count: data[kind] })}</li>,
            )}
            {data.looked < data.pairs && <li>{t('offering.first', { count: data.looked })}</li>}
          </ul>
        )}
      </div>
      {look.error && <ErrorNotice error={look.error} />}
      <Actions>
        <SubmitButton appearance="secondary" isBusy={look.isPending} onClick={() => !look.isPending && look.mutate()}>
          {t('offering.look')}
        </SubmitButton>
      </Actions>
    </Panel>
  );
}
