import { makeStyles, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { readWork } from '../../api/read-work.ts';
import { useServices } from '../services.ts';
import { ActionList } from './ActionList.tsx';

const useStyles = makeStyles({
  title: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
});

/** What the two try until their next session. Nothing where nothing is agreed. */
export function OpenActions({ sessionId, partnerName }: { sessionId: string; partnerName: string }) {
  const styles = useStyles();
  const { t } = useTranslation('session');
  const { client } = useServices();
  const work = useQuery({
    queryKey: ['work', sessionId],
    queryFn: ({ signal }) => readWork(client, sessionId, signal),
  });
  const { actions = [], canWrite = false } = work.data ?? {};
  if (actions.length === 0) return null;
  return (
    <div>
      <h4 className={styles.title}>{t('actions.title')}</h4>
      <ActionList actions={actions} canWrite={canWrite} partnerName={partnerName} />
    </div>
  );
}
