import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import type { RunningReply } from '../../../server/contract/running.ts';
import { Actions } from '../../components/Actions.tsx';
import { Panel } from '../../components/Panel.tsx';
import { useServices } from '../../components/services.ts';
import { ReleaseButton } from '../program/ReleaseButton.tsx';

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: 'none', display: 'grid', rowGap: tokens.spacingVerticalL },
  item: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    rowGap: tokens.spacingVerticalS,
    overflowWrap: 'anywhere',
    paddingBottom: tokens.spacingVerticalM,
    borderBottom: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
  },
  name: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  next: { color: tokens.colorNeutralForeground2 },
});

/** Opens a chat of the administrator with both, in which nothing is written yet. */
const chatWith = (mails: readonly string[]): string =>
  `https://teams.microsoft.com/l/chat/0/0?users=${mails.map(encodeURIComponent).join(',')}`;

/** Pairs at risk, each with what is missing and what helps next. */
export function RiskPanel({ risks }: { risks: RunningReply['risks'] }) {
  const styles = useStyles();
  const { t } = useTranslation('running');
  const { host } = useServices();
  if (risks.length === 0) return <Panel title={t('risks.title')} lead={t('risks.none')} />;
  return (
    <Panel title={t('risks.title')} lead={t('risks.lead', { count: risks.length })}>
      <ul className={styles.list}>
        {risks.map(({ pairId, menteeName, mentorName, alarms, mails, canRelease }) => (
          <li key={pairId} className={styles.item}>
            <h3 className={styles.name}>{t('pair', { mentee: menteeName, mentor: mentorName })}</h3>
            {alarms.map((alarm) => (
              <div key={alarm}>
                {t(`alarms.${alarm}`)} <span className={styles.next}>{t(`steps.${alarm}`)}</span>
              </div>
            ))}
            <Actions>
              {canRelease && <ReleaseButton pairId={pairId} name={menteeName} />}
              {mails && !canRelease && (
                <Button
                  size="small"
                  aria-label={t('risks.writeTo', { mentee: menteeName, mentor: mentorName })}
                  onClick={() => host.openLink(chatWith(mails))}
                >
                  {t('risks.write')}
                </Button>
              )}
            </Actions>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
