import { makeStyles, tokens } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import type { OverviewReply } from '../../../server/contract/administrator.ts';
import { Panel } from '../../components/Panel.tsx';
import { useFormats } from '../../components/use-formats.ts';

const useStyles = makeStyles({
  list: {
    margin: 0,
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 11rem), 1fr))',
    gap: tokens.spacingHorizontalL,
  },
  item: { display: 'grid', alignContent: 'start', rowGap: tokens.spacingVerticalXS },
  label: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  value: {
    margin: 0,
    fontSize: tokens.fontSizeBase500,
    lineHeight: tokens.lineHeightBase500,
    fontWeight: tokens.fontWeightSemibold,
    fontVariantNumeric: 'tabular-nums',
  },
  track: {
    height: '6px',
    borderRadius: tokens.borderRadiusCircular,
    backgroundColor: tokens.colorNeutralBackground5,
    overflow: 'hidden',
    forcedColorAdjust: 'none',
  },
  bar: { height: '100%', backgroundColor: tokens.colorCompoundBrandBackground },
});

/** The health of the program in four numbers, each with what it is part of; answers only where enough people were asked. */
export function HealthPanel({ overview }: { overview: OverviewReply }) {
  const styles = useStyles();
  const { t } = useTranslation('running');
  const formats = useFormats();
  const { pairs, sessions, feedback } = overview;
  const live = pairs.filter(({ state }) => state !== 'closed' && state !== 'suspended').length;
  const past = sessions.held + sessions.notHeld;
  const facts: { key: 'pairs' | 'held' | 'confirmed' | 'answers'; value: number; of: number }[] = [
    { key: 'pairs', value: pairs.filter(({ state }) => state === 'booked').length, of: live },
    { key: 'held', value: sessions.held, of: past },
    { key: 'confirmed', value: sessions.confirmed, of: sessions.held },
    ...(feedback.answers
      ? [{ key: 'answers' as const, value: feedback.answers.answered, of: feedback.answers.asked }]
      : []),
  ];
  return (
    <Panel title={t('health.title')} lead={t('health.lead', { count: sessions.booked })}>
      <dl className={styles.list}>
        {facts.map(({ key, value, of }) => (
          <div key={key} className={styles.item}>
            <dt className={styles.label}>{t(`health.${key}`)}</dt>
            <dd className={styles.value}>{t('health.of', { value: formats.number(value), of: formats.number(of) })}</dd>
            <div className={styles.track} aria-hidden>
              <div className={styles.bar} style={{ width: `${of === 0 ? 0 : Math.round((100 * value) / of)}%` }} />
            </div>
          </div>
        ))}
      </dl>
      {feedback.hidden.answers && <div className={styles.label}>{feedback.hidden.answers}</div>}
    </Panel>
  );
}
