import { makeStyles, tokens } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import type { GuideView } from '../../server/contract/http.ts';
import { Panel } from './Panel.tsx';

const useStyles = makeStyles({
  title: {
    margin: 0,
    marginBottom: tokens.spacingVerticalS,
    fontSize: tokens.fontSizeBase300,
    fontWeight: tokens.fontWeightSemibold,
  },
  agenda: { margin: 0, padding: 0, listStyleType: 'none', display: 'grid', rowGap: tokens.spacingVerticalM },
  step: { display: 'flex', flexWrap: 'wrap', columnGap: tokens.spacingHorizontalL },
  minutes: {
    flexBasis: '6rem',
    flexShrink: 0,
    color: tokens.colorBrandForeground1,
    fontWeight: tokens.fontWeightSemibold,
    fontVariantNumeric: 'tabular-nums',
  },
  text: { flexBasis: '12rem', flexGrow: 1, minWidth: 0 },
  list: { margin: 0, paddingLeft: tokens.spacingHorizontalXL, display: 'grid', rowGap: tokens.spacingVerticalS },
  takeaway: {
    padding: tokens.spacingHorizontalL,
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground2,
    border: `${tokens.strokeWidthThin} solid ${tokens.colorTransparentStroke}`,
  },
});

/** The agenda of a session by minutes, its questions and what to take away. */
export function Guide({ guide }: { guide: GuideView | null }) {
  const styles = useStyles();
  const { t } = useTranslation();
  if (!guide) return <Panel title={t('guide.title')} lead={t('guide.none')} />;
  return (
    <Panel title={guide.title} lead={t(`topics.${guide.topic}`)}>
      <div>
        <h3 className={styles.title}>{t('guide.agenda')}</h3>
        <ol className={styles.agenda}>
          {guide.agenda.map((step) => (
            <li key={step.text} className={styles.step}>
              <span className={styles.minutes}>{t('guide.minutes', { count: step.minutes })}</span>
              <span className={styles.text}>{step.text}</span>
            </li>
          ))}
        </ol>
      </div>
      {guide.prompts.length > 0 && (
        <div>
          <h3 className={styles.title}>{t('guide.prompts')}</h3>
          <ul className={styles.list}>
            {guide.prompts.map((prompt) => (
              <li key={prompt}>{prompt}</li>
            ))}
          </ul>
        </div>
      )}
      <div className={styles.takeaway}>
        <h3 className={styles.title}>{t('guide.takeaway')}</h3>
        {guide.takeaway}
      </div>
    </Panel>
  );
}
