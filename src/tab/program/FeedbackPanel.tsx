import { makeStyles, tokens } from '@fluentui/react-components';
import { useId, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { OverviewReply } from '../../../server/contract/administrator.ts';
import { Panel } from '../../components/Panel.tsx';
import { useFormats } from '../../components/use-formats.ts';
import { PublishedScores } from './PublishedScores.tsx';

const useStyles = makeStyles({
  title: {
    margin: 0,
    marginBottom: tokens.spacingVerticalXS,
    fontSize: tokens.fontSizeBase300,
    fontWeight: tokens.fontWeightSemibold,
  },
  list: {
    margin: 0,
    padding: 0,
    listStyleType: 'none',
    display: 'grid',
    rowGap: tokens.spacingVerticalS,
    overflowWrap: 'anywhere',
  },
  quote: {
    margin: 0,
    paddingLeft: tokens.spacingHorizontalM,
    borderLeft: `${tokens.strokeWidthThick} solid ${tokens.colorNeutralStroke2}`,
    whiteSpace: 'pre-line',
  },
  from: { color: tokens.colorNeutralForeground2 },
});

/** What was published of answers, notes that their writers addressed to the program team, and why the rest is hidden. */
export function FeedbackPanel({ feedback }: { feedback: OverviewReply['feedback'] }) {
  const styles = useStyles();
  const { t } = useTranslation(['app', 'program']);
  const formats = useFormats();
  const days = useFormats('UTC');
  const { published, hidden, notes } = feedback;
  const [topics] = published.topics;
  const comments = published.comments.flatMap(({ texts }) => texts);
  return (
    <Panel title={t('program:said.title')} lead={t('program:said.lead')}>
      <Part title={t('program:said.usefulness')} why={hidden.scores}>
        <PublishedScores scores={published.scores} />
      </Part>
      <Part title={t('program:said.topics')} why={hidden.topics}>
        {topics?.topics.length === 0 && t('program:said.topicsNone')}
        <ul className={styles.list}>
          {topics?.topics.map(({ topic, people }) => (
            <li key={topic}>
              {people === null
                ? t(`topics.${topic}`)
                : t('program:said.topicPeople', { topic: t(`topics.${topic}`), people: formats.number(people) })}
            </li>
          ))}
        </ul>
      </Part>
      <Part title={t('program:said.comments')} why={hidden.comments}>
        <ul className={styles.list}>
          {comments.map((text, index) => (
            <li key={index} className={styles.quote}>
              {text}
            </li>
          ))}
        </ul>
      </Part>
      <Part title={t('program:said.notes')} why={notes.length === 0 ? t('program:said.notesNone') : null}>
        <ul className={styles.list}>
          {notes.map(({ writerName, day, text }, index) => (
            <li key={index}>
              <div className={styles.from}>
                {writerName}, {days.date(day)}
              </div>
              <div className={styles.quote}>{text}</div>
            </li>
          ))}
        </ul>
      </Part>
    </Panel>
  );
}

/** One kind of what people say, or the words on why it is not shown. */
function Part({ title, why, children }: { title: string; why: string | null; children: ReactNode }) {
  const styles = useStyles();
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h3 id={id} className={styles.title}>
        {title}
      </h3>
      {why ?? children}
    </section>
  );
}
