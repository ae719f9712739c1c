import { makeStyles, tokens } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import type { HomeReply } from '../../../server/contract/http.ts';
import { Panel } from '../../components/Panel.tsx';

const useStyles = makeStyles({ list: { margin: 0, paddingInlineStart: tokens.spacingHorizontalXL } });

/** Whom a safe contact is asked to get in touch with: names, and nothing else. */
export function ContactRequestsPanel({ requests }: { requests: HomeReply['contactRequests'] }) {
  const styles = useStyles();
  const { t } = useTranslation();
  return (
    <Panel level={3} title={t('contact.requests')} lead={t('contact.requestsLead')}>
      <ul className={styles.list} aria-label={t('contact.requests')}>
        {requests.map(({ displayName }, index) => (
          <li key={index}>{displayName}</li>
        ))}
      </ul>
    </Panel>
  );
}
