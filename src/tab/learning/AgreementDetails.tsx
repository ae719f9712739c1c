import { useTranslation } from 'react-i18next';
import { readAgreement } from '../../api/read-agreement.ts';
import { ReasonList } from '../../components/ReasonList.tsx';
import { useServices } from '../../components/services.ts';
import { LazyDetails } from './LazyDetails.tsx';

/** What the reader agreed to in a pair, in the version of then, and what the program expects of them. */
export function AgreementDetails({ pairId, summary }: { pairId: string; summary: string }) {
  const { t } = useTranslation();
  const { client } = useServices();
  return (
    <LazyDetails
      summary={summary}
      queryKey={['agreement', pairId]}
      read={(signal) => readAgreement(client, pairId, signal)}
    >
      {({ version, paragraphs, expectations }) => (
        <>
          <ReasonList title={t('agreement.text', { version })} reasons={paragraphs} />
          <ReasonList title={t('agreement.expects')} reasons={expectations} />
        </>
      )}
    </LazyDetails>
  );
}
