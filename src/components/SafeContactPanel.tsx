import { makeStyles, tokens } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import type { SafeContactView } from '../../server/contract/http.ts';
import { ContactButton } from './ContactButton.tsx';
import { Panel } from './Panel.tsx';
import { TextLink } from './TextLink.tsx';

const useStyles = makeStyles({
  way: { display: 'grid', justifyItems: 'start', rowGap: tokens.spacingVerticalXS },
  seen: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

/** Who the safe contact is, how to write to them, and a button that asks them to get in touch. */
export function SafeContactPanel({ contact }: { contact: SafeContactView }) {
  const styles = useStyles();
  const { t } = useTranslation();
  const { displayName: name, mail } = contact;
  return (
    <Panel level={3} title={`${t('contact.title')}: ${name}`} lead={t('contact.lead', { name })}>
      {mail && (
        <div>
          <TextLink href={`mailto:${encodeURIComponent(mail)}`}>{t('contact.write', { mail })}</TextLink>
        </div>
      )}
      <div className={styles.way}>
        <ContactButton contact={contact} text={t('contact.ask')} />
        <span className={styles.seen}>{t('contact.seen')}</span>
      </div>
    </Panel>
  );
}
