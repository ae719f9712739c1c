import { makeStyles, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { GuideView } from '../../server/contract/http.ts';
import type { Side } from '../../server/contract/vocabulary.ts';
import { Panel } from './Panel.tsx';

const useStyles = makeStyles({
  title: {
    margin: 0,
    marginBottom: tokens.spacingVerticalS,
    fontSize: tokens.fontSizeBase300,
    fontWeight: tokens.fontWeightSemibold,
  },
  sides: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 16rem), 1fr))',
    columnGap: tokens.spacingHorizontalXXL,
    rowGap: tokens.spacingVerticalL,
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
    display: 'grid',
    rowGap: tokens.spacingVerticalL,
    padding: tokens.spacingHorizontalL,
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground2,
    border: `${tokens.strokeWidthThin} solid ${tokens.colorTransparentStroke}`,
  },
});

/**
 * The guide of a session: what to prepare, the agenda by minutes, its questions, a belief to question, and what stays.
 * `side`: the reader's, whose preparation comes first and is called theirs; absent where one only looks ahead.
 */
export function Guide({
  guide,
  side = null,
  children,
}: {
  guide: GuideView | null;
  side?: Side | null;
  /** Stands above the agenda. */
  children?: ReactNode;
}) {
  const styles = useStyles();
  const { t } = useTranslation();
  if (!guide) return <Panel title={t('guide.title')} lead={t('guide.none')} />;
  const sides = side === 'mentee' ? (['mentee', 'mentor'] as const) : (['mentor', 'mentee'] as const);
  return (
    <Panel title={guide.title} lead={t(`topics.${guide.topic}`)}>
      <div className={styles.sides}>
        {sides.map((who) => (
          <Part key={who} title={t(who === side ? 'guide.youPrepare' : `guide.${who}Prepares`)}>
            <Lines texts={guide.preparation[who]} />
          </Part>
        ))}
      </div>
      <Part title={t('guide.agenda')}>
        {children}
        <ol className={styles.agenda}>
          {guide.agenda.map((step) => (
            <li key={step.text} className={styles.step}>
              <span className={styles.minutes}>{t('guide.minutes', { count: step.minutes })}</span>
              <span className={styles.text}>{step.text}</span>
            </li>
          ))}
        </ol>
      </Part>
      <Part title={t('guide.prompts')}>
        <Lines texts={guide.prompts} />
      </Part>
      <Part title={t('guide.belief')}>{guide.belief}</Part>
      <div className={styles.takeaway}>
        <Part title={t('guide.takeaway')}>{guide.takeaway}</Part>
        <Part title={t('guide.action')}>{guide.action}</Part>
      </div>
    </Panel>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  const styles = useStyles();
  return (
    <div>
      <h3 className={styles.title}>{title}</h3>
      {children}
    </div>
  );
}

function Lines({ texts }: { texts: readonly string[] }) {
  const styles = useStyles();
  return (
    <ul className={styles.list}>
      {texts.map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  );
}
