import { makeStyles, tokens } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import type { OverviewReply } from '../../../server/contract/administrator.ts';
import { PARTICIPANT_STATES, SIDES } from '../../../server/contract/vocabulary.ts';
import { Panel } from '../../components/Panel.tsx';
import { useFormats } from '../../components/use-formats.ts';

const useStyles = makeStyles({
  columns: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 20rem), 1fr))',
    gap: tokens.spacingHorizontalXXL,
    alignItems: 'stretch',
  },
  side: {
    margin: 0,
    marginBottom: tokens.spacingVerticalXS,
    fontSize: tokens.fontSizeBase300,
    fontWeight: tokens.fontWeightSemibold,
  },
  facts: {
    margin: 0,
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: tokens.spacingHorizontalXXL,
    rowGap: tokens.spacingVerticalM,
  },
  fact: { display: 'flex', flexDirection: 'column-reverse', minWidth: '4.5rem' },
  label: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  value: {
    margin: 0,
    fontSize: tokens.fontSizeHero700,
    lineHeight: tokens.lineHeightHero700,
    fontWeight: tokens.fontWeightSemibold,
    fontVariantNumeric: 'tabular-nums',
  },
});

function Fact({ label, value }: { label: string; value: string }) {
  const styles = useStyles();
  return (
    <div className={styles.fact}>
      <dt className={styles.label}>{label}</dt>
      <dd className={styles.value}>{value}</dd>
    </div>
  );
}

/** How many people, sessions and answers; how many answered only where enough people were asked, else the words why not. */
export function Numbers({ overview }: { overview: OverviewReply }) {
  const styles = useStyles();
  const { t } = useTranslation(['app', 'program']);
  const formats = useFormats();
  const {
    sessions,
    participants,
    feedback: { answers, hidden },
  } = overview;
  return (
    <div className={styles.columns}>
      <Panel title={t('program:participants')}>
        {SIDES.toReversed().map((side) => (
          <div key={side}>
            <h3 className={styles.side}>{t(`program:sides.${side}`)}</h3>
            <dl className={styles.facts}>
              {PARTICIPANT_STATES.map((state) => {
                const count = participants.find((row) => row.side === side && row.state === state)?.count ?? 0;
                if (count === 0) return null;
                return (
                  <Fact key={state} label={t(`program:participantStates.${state}`)} value={formats.number(count)} />
                );
              })}
            </dl>
          </div>
        ))}
      </Panel>
      <Panel title={t('program:numbers')}>
        <dl className={styles.facts}>
          <Fact label={t('program:booked')} value={formats.number(sessions.booked)} />
          <Fact label={t('program:held')} value={formats.number(sessions.held)} />
          <Fact label={t('program:confirmed')} value={formats.number(sessions.confirmed)} />
          <Fact label={t('program:notHeld')} value={formats.number(sessions.notHeld)} />
        </dl>
        {answers && (
          <dl className={styles.facts}>
            <Fact
              label={t('program:answeredOf', { asked: formats.number(answers.asked) })}
              value={formats.number(answers.answered)}
            />
          </dl>
        )}
        {hidden.answers && <div>{hidden.answers}</div>}
      </Panel>
    </div>
  );
}
