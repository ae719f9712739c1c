import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { readExecutivePage } from '../../api/read-executive-page.ts';
import { Panel } from '../../components/Panel.tsx';
import { useServices } from '../../components/services.ts';
import { BackLink } from '../learning/BackLink.tsx';
import { ReadPage } from '../learning/ReadPage.tsx';
import { Sections } from '../learning/Sections.tsx';

/** The executives' two minutes on a page of its own. */
export function ExecutivePage() {
  const { t } = useTranslation('learning');
  const { t: app } = useTranslation();
  const { client } = useServices();
  const page = useQuery({ queryKey: ['executivePage'], queryFn: ({ signal }) => readExecutivePage(client, signal) });
  return (
    <ReadPage
      query={page}
      titleOf={({ title }) => title}
      leadOf={({ lead }) => lead}
      back={<BackLink to="/home">{app('app.back')}</BackLink>}
    >
      {({ minutes, sections }) => (
        <Panel title={t('module.read', { count: minutes })}>
          <Sections sections={sections} />
        </Panel>
      )}
    </ReadPage>
  );
}
