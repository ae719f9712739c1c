import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useParams } from 'wouter';
import { readModule } from '../../api/read-module.ts';
import { Panel } from '../../components/Panel.tsx';
import { useServices } from '../../components/services.ts';
import { BackLink } from '../learning/BackLink.tsx';
import { ModuleCheck } from '../learning/ModuleCheck.tsx';
import { ReadPage } from '../learning/ReadPage.tsx';
import { Sections } from '../learning/Sections.tsx';

/** One module of the training: something to read, then a short check. */
export function ModulePage() {
  const { t } = useTranslation('learning');
  const { client } = useServices();
  const { moduleId = '' } = useParams<{ moduleId: string }>();
  const module = useQuery({
    queryKey: ['module', moduleId],
    queryFn: ({ signal }) => readModule(client, moduleId, signal),
  });
  return (
    <ReadPage
      // Another module is another page: nothing of the answers stays.
      key={moduleId}
      query={module}
      titleOf={({ title }) => title}
      leadOf={({ lead }) => lead}
      back={<BackLink to="/training">{t('module.back')}</BackLink>}
    >
      {(read) => (
        <>
          <Panel title={t('module.read', { count: read.minutes })}>
            <Sections sections={read.sections} />
          </Panel>
          <ModuleCheck module={read} />
        </>
      )}
    </ReadPage>
  );
}
