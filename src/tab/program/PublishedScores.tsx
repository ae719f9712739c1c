import { makeStyles, tokens } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import type { PublishedFeedbackView, ShownScoreView } from '../../../server/contract/administrator.ts';
import { useFormats } from '../../components/use-formats.ts';

const useStyles = makeStyles({
  value: {
    fontSize: tokens.fontSizeHero700,
    lineHeight: tokens.lineHeightHero700,
    fontWeight: tokens.fontWeightSemibold,
  },
  of: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  by: { marginTop: tokens.spacingVerticalS, fontWeight: tokens.fontWeightSemibold },
  groups: { margin: 0, display: 'grid', rowGap: tokens.spacingVerticalXS },
  group: { display: 'flex', flexWrap: 'wrap', columnGap: tokens.spacingHorizontalM },
  label: { flexBasis: '16rem', minWidth: 0, overflowWrap: 'anywhere' },
  number: { margin: 0, fontVariantNumeric: 'tabular-nums' },
  summary: {
    marginTop: tokens.spacingVerticalM,
    cursor: 'pointer',
    color: tokens.colorBrandForegroundLink,
    minHeight: '24px',
  },
});

type Scores = PublishedFeedbackView['scores'];

/** The newest published usefulness, broken down where it is; earlier ones on demand. */
export function PublishedScores({ scores }: { scores: Scores }) {
  const styles = useStyles();
  const { t } = useTranslation(['app', 'program']);
  const [newest, ...earlier] = scores;
  if (!newest) return null;
  return (
    <>
      <Snapshot snapshot={newest} />
      {newest.by === null && <div>{t('program:said.notBrokenDown')}</div>}
      {earlier.length > 0 && (
        <details>
          <summary className={styles.summary}>{t('program:said.earlier')}</summary>
          {earlier.map((snapshot) => (
            <Snapshot key={snapshot.week} snapshot={snapshot} />
          ))}
        </details>
      )}
    </>
  );
}

function Snapshot({ snapshot: { week, all, by, groups } }: { snapshot: Scores[number] }) {
  const styles = useStyles();
  const { t } = useTranslation(['app', 'program']);
  const formats = useFormats();
  const days = useFormats('UTC');
  const scoreText = useScoreText();
  return (
    <div>
      <div className={styles.value}>{scoreText(all)}</div>
      <div className={styles.of}>
        {t('program:said.meanOf', { people: formats.number(all.people), date: days.date(week) })}
      </div>
      {'value' in all || <div>{t('program:said.bound')}</div>}
      {by !== null && <div className={styles.by}>{t(`program:said.by.${by}`)}</div>}
      {by !== null && (
        <dl className={styles.groups}>
          {groups.map(({ label, score }) => (
            <div key={label ?? ''} className={styles.group}>
              <dt className={styles.label}>{label ?? t('program:said.rest')}</dt>
              <dd className={styles.number}>
                {t('program:said.groupMean', { value: scoreText(score), people: formats.number(score.people) })}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}

/** A mean, or the bound of it that is told. */
function useScoreText(): (score: ShownScoreView) => string {
  const { t } = useTranslation(['app', 'program']);
  const formats = useFormats();
  return (score) => {
    if ('value' in score) return formats.number(score.value, 1);
    return 'atLeast' in score
      ? t('program:said.atLeast', { value: formats.number(score.atLeast, 1) })
      : t('program:said.atMost', { value: formats.number(score.atMost, 1) });
  };
}
