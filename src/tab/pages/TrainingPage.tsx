import { Badge, Link, makeStyles, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useHref } from '../../components/router.tsx';
import type { TrainingReply } from '../../../server/contract/training.ts';
import { readTraining } from '../../api/read-training.ts';
import { LinkButton } from '../../components/LinkButton.tsx';
import { Panel } from '../../components/Panel.tsx';
import { useServices } from '../../components/services.ts';
import { BackLink } from '../learning/BackLink.tsx';
import { ReadPage } from '../learning/ReadPage.tsx';

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: 'none' },
  item: {
    display: 'grid',
    rowGap: tokens.spacingVerticalXS,
    paddingBlock: tokens.spacingVerticalM,
    borderBottom: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke3}`,
    ':last-child': { borderBottom: 'none' },
  },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: tokens.spacingHorizontalM },
  name: { fontWeight: tokens.fontWeightSemibold, minHeight: '24px' },
  minutes: { color: tokens.colorNeutralForeground2 },
});

/** The modules for mentors, each with its state, and how far the reader is. */
export function TrainingPage() {
  const { t } = useTranslation('learning');
  const { t: app } = useTranslation();
  const { client } = useServices();
  const training = useQuery({ queryKey: ['training'], queryFn: ({ signal }) => readTraining(client, signal) });
  return (
    <ReadPage
      query={training}
      titleOf={() => t('training.title')}
      leadOf={() => t('training.lead')}
      back={<BackLink to="/home">{app('app.back')}</BackLink>}
    >
      {({ modules }) => <Modules modules={modules} />}
    </ReadPage>
  );
}

function Modules({ modules }: TrainingReply) {
  const styles = useStyles();
  const { t } = useTranslation('learning');
  const href = useHref('/training');
  const done = modules.filter(({ finishedAt }) => finishedAt !== null).length;
  const next = modules.find((module) => module.isRequired && module.finishedAt === null);
  return (
    <>
      <Panel
        title={t('training.progress', { done, of: modules.length })}
        lead={t(next ? 'training.someRequired' : done === modules.length ? 'training.allDone' : 'training.allFree')}
      >
        <ul className={styles.list}>
          {modules.map(({ moduleId, title, lead, minutes, isRequired, finishedAt }) => (
            <li key={moduleId} className={styles.item}>
              <div className={styles.head}>
                <Link href={`${href}/${moduleId}`} className={styles.name}>
                  {title}
                </Link>
                {finishedAt !== null ? (
                  <Badge appearance="tint" color="success">
                    {t('training.done')}
                  </Badge>
                ) : (
                  isRequired && (
                    <Badge appearance="tint" color="brand">
                      {t('training.required')}
                    </Badge>
                  )
                )}
                <span className={styles.minutes}>{t('training.minutes', { count: minutes })}</span>
              </div>
              <div>{lead}</div>
            </li>
          ))}
        </ul>
      </Panel>
      <Panel title={t('training.executiveTitle')} lead={t('training.executiveLead')}>
        <div>
          <LinkButton to="/training/executive">{t('training.executiveOpen')}</LinkButton>
        </div>
      </Panel>
    </>
  );
}
