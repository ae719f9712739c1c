import { makeStyles, Spinner, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Panel } from '../components/Panel.tsx';
import { formatsOf } from '../locales/formats.ts';
import { ask } from './control.ts';
import { Fault } from './Fault.tsx';
import { mailsReply, type SandboxPerson } from './replies.ts';

const KINDS = ['invitation', 'update', 'cancellation', 'response'] as const;

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: 'none' },
  mail: {
    display: 'grid',
    rowGap: tokens.spacingVerticalXXS,
    paddingBlock: tokens.spacingVerticalM,
    borderBottom: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke3}`,
    overflowWrap: 'anywhere',
  },
  subject: { fontWeight: tokens.fontWeightSemibold },
  quiet: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

/** The meeting mails that reached a person, newest first. */
export function MailView({ person }: { person: SandboxPerson }) {
  const styles = useStyles();
  const { t, i18n } = useTranslation('sandbox');
  const formats = formatsOf(i18n.language, person.zone);
  const mails = useQuery({
    queryKey: ['mails', person.id],
    queryFn: ({ signal }) => ask('mails', { person: person.id }, mailsReply, signal),
  });
  return (
    <Panel
      title={t('mail.title', { name: person.name })}
      lead={mails.data?.mails.length === 0 ? t('mail.none') : undefined}
    >
      {mails.error && <Fault error={mails.error} onRetry={() => void mails.refetch()} />}
      {mails.isPending && <Spinner label={t('loading')} />}
      <ol className={styles.list}>
        {mails.data?.mails.toReversed().map((mail) => {
          const kind = KINDS.find((one) => one === mail.kind);
          return (
            <li key={mail.id} className={styles.mail}>
              <span className={styles.subject}>{mail.subject}</span>
              <span className={styles.quiet}>
                {kind ? t(`mail.kinds.${kind}`) : mail.kind}, {t('mail.from', { address: mail.fromAddress })},{' '}
                {formats.moment(mail.at)}
              </span>
            </li>
          );
        })}
      </ol>
    </Panel>
  );
}
