import { useTranslation } from 'react-i18next';
import type { TrainingNeeded } from '../../../server/contract/http.ts';
import { Actions } from '../../components/Actions.tsx';
import { LinkButton } from '../../components/LinkButton.tsx';
import { Panel } from '../../components/Panel.tsx';
import { ReasonList } from '../../components/ReasonList.tsx';

/** What a mentor still has to learn before their pairs start, with the way to it. */
export function TrainingPanel({ training: { modules, isPairWaiting } }: { training: TrainingNeeded }) {
  const { t } = useTranslation();
  const [first] = modules;
  if (!first) return null;
  const minutes = modules.reduce((sum, module) => sum + module.minutes, 0);
  return (
    <Panel
      isAccent
      title={t('training.title')}
      lead={t(isPairWaiting ? 'training.pairWaits' : 'training.before', { count: minutes })}
    >
      <ReasonList title={t('training.missing')} isTitled={false} reasons={modules.map(({ title }) => title)} />
      <Actions>
        <LinkButton appearance="primary" to={`/training/${first.moduleId}`}>
          {t('training.start')}
        </LinkButton>
        <LinkButton to="/training">{t('training.all')}</LinkButton>
      </Actions>
    </Panel>
  );
}
