import { useTranslation } from 'react-i18next';
import { readExecutivePage } from '../../api/read-executive-page.ts';
import { useServices } from '../../components/services.ts';
import { LazyDetails } from './LazyDetails.tsx';
import { Sections } from './Sections.tsx';

/** The executive's two minutes, to be opened or not: nothing waits for it. */
export function ExecutiveDetails() {
  const { t } = useTranslation();
  const { client } = useServices();
  return (
    <LazyDetails
      summary={t('proposal.twoMinutes')}
      queryKey={['executivePage']}
      read={(signal) => readExecutivePage(client, signal)}
    >
      {({ lead, sections }) => (
        <>
          <div>{lead}</div>
          <Sections sections={sections} level={4} />
        </>
      )}
    </LazyDetails>
  );
}
