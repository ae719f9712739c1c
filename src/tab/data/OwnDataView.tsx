import { makeStyles, tokens } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import type { OwnDataReply } from '../../../server/contract/own-data.ts';
import { sessionStatus } from '../../components/session-status.ts';
import { useFormats } from '../../components/use-formats.ts';
import { Facts } from './Facts.tsx';

const useStyles = makeStyles({
  root: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', rowGap: tokens.spacingVerticalXL },
  list: { margin: 0, paddingInlineStart: tokens.spacingHorizontalXL },
});

/** A week whose days stand for weekdays in general. */
const WEEK = {
  monday: '2026-01-05T12:00:00Z',
  tuesday: '2026-01-06T12:00:00Z',
  wednesday: '2026-01-07T12:00:00Z',
  thursday: '2026-01-08T12:00:00Z',
  friday: '2026-01-09T12:00:00Z',
  saturday: '2026-01-10T12:00:00Z',
  sunday: '2026-01-11T12:00:00Z',
};

/** Everything that is kept about the reader, to be read; records of the machinery are in the file alone. */
export function OwnDataView({ data }: { data: OwnDataReply }) {
  const styles = useStyles();
  const { t } = useTranslation(['app', 'myData']);
  return (
    <div className={styles.root}>
      {data.person && <PersonFacts person={data.person} administratorSince={data.administratorSince} />}
      {data.participations.map((one, index) => (
        <ParticipationFacts key={index} participation={one} />
      ))}
      {data.pairs.map((pair, index) => (
        <PairFacts key={index} pair={pair} />
      ))}
      {data.feedback.map((answer, index) => (
        <FeedbackFacts key={index} answer={answer} />
      ))}
      <AssistantFacts data={data} />
      <ContactFacts data={data} />
      <div>{t('myData:rest')}</div>
    </div>
  );
}

function PersonFacts({
  person,
  administratorSince,
}: {
  person: NonNullable<OwnDataReply['person']>;
  administratorSince: string | null;
}) {
  const { t } = useTranslation(['app', 'myData']);
  const formats = useFormats();
  return (
    <Facts
      title={t('myData:directory')}
      facts={[
        [t('myData:name'), person.displayName],
        [t('myData:mail'), person.mail],
        [t('myData:formerMail'), person.formerMail],
        [t('myData:jobTitle'), person.jobTitle],
        [t('myData:department'), person.department],
        [t('myData:office'), person.officeLocation],
        [t('myData:country'), person.country],
        [t('myData:language'), person.preferredLanguage && formats.languageName(person.preferredLanguage)],
        [t('myData:hasManager'), t(person.managerId === null ? 'feedback.no' : 'feedback.yes')],
        [t('myData:readAt'), formats.date(person.seenAt)],
        [t('myData:administratorSince'), administratorSince && formats.date(administratorSince)],
      ]}
    />
  );
}

function ParticipationFacts({ participation: one }: { participation: OwnDataReply['participations'][number] }) {
  const { t } = useTranslation(['app', 'myData']);
  const formats = useFormats();
  const inAnyZone = useFormats('UTC');
  const leveled = (items: typeof one.goals): string =>
    items.map(({ topic, level }) => `${t(`topics.${topic}`)} (${t(`levels.${level as 1}`)})`).join(', ');
  const hours = (week: typeof one.workingHours | undefined): string =>
    Object.entries(WEEK)
      .flatMap(([day, iso]) => {
        const spans = week?.[day]?.map((span) => span.join('–')).join(', ');
        return spans ? [`${inAnyZone.weekday(iso)} ${spans}`] : [];
      })
      .join('; ');
  return (
    <Facts
      title={t('myData:participation', { program: one.programName, cohort: one.cohortName })}
      facts={[
        [t('myData:role'), t(`myData:sides.${one.side}`)],
        [t('myData:state'), t(`myData:states.${one.state}`)],
        [t('myData:goals'), leveled(one.goals)],
        [t('myData:skills'), leveled(one.skills)],
        [t('myData:interests'), one.interests.join(', ')],
        [t('partner.languages'), one.languages.map((tag) => formats.languageName(tag)).join(', ')],
        [t('partner.motivation'), one.motivation],
        [t('myData:timeZone'), one.timeZone],
        [t('myData:workingHours'), hours(one.workingHours)],
        [t('myData:preferredHours'), hours(one.preferences.preferred)],
        [t('myData:protectedHours'), hours(one.preferences.protected)],
        [t('myData:invitedAt'), one.invitedAt && formats.date(one.invitedAt)],
        [t('myData:joinedAt'), one.joinedAt && formats.date(one.joinedAt)],
      ]}
    />
  );
}

function PairFacts({ pair }: { pair: OwnDataReply['pairs'][number] }) {
  const styles = useStyles();
  const { t } = useTranslation(['app', 'myData']);
  const formats = useFormats();
  const name = pair.partnerName ?? t('myData:nobody');
  return (
    <Facts
      title={t(pair.side === 'mentor' ? 'pair.mentorOf' : 'pair.menteeOf', { name })}
      facts={[
        [t('myData:state'), t(`myData:pairStates.${pair.state}`)],
        [t('myData:agreedAt'), pair.agreedAt && formats.date(pair.agreedAt)],
      ]}
    >
      {pair.sessions.length > 0 && (
        <ol aria-label={t('pair.sessions')} className={styles.list}>
          {pair.sessions.map((session) => (
            <li key={session.number}>
              {formats.date(session.start)}, {formats.span(session.start, session.end)}: {sessionStatus(t, session)}
            </li>
          ))}
        </ol>
      )}
    </Facts>
  );
}

function FeedbackFacts({ answer }: { answer: OwnDataReply['feedback'][number] }) {
  const { t } = useTranslation(['app', 'myData']);
  const formats = useFormats();
  const name = answer.partnerName ?? t('myData:nobody');
  return (
    <Facts
      title={t('myData:feedback', { date: formats.date(answer.sessionStart), name })}
      facts={[
        [t('feedback.tookPlace'), t(answer.tookPlace ? 'feedback.yes' : 'feedback.no')],
        [
          t('feedback.usefulness'),
          answer.usefulness === null ? null : t(`feedback.usefulnessLevels.${answer.usefulness as 1 | 2 | 3 | 4 | 5}`),
        ],
        [t('pulse.rightMatch'), answer.rightMatch && t(`pulse.rightMatches.${answer.rightMatch}`)],
        [
          t('pulse.safeToSpeak'),
          answer.safeToSpeak === null ? null : t(`pulse.safeLevels.${answer.safeToSpeak as 1 | 2 | 3 | 4 | 5}`),
        ],
        [t('pulse.taughtBy'), answer.taughtBy && t(`pulse.teachers.${answer.taughtBy}`)],
        [t('feedback.nextTopic'), answer.nextTopic && t(`topics.${answer.nextTopic}`)],
        [t('myData:note'), answer.note],
        [t('feedback.reader'), answer.noteReader && t(`feedback.readers.${answer.noteReader}`, { name })],
        [t('myData:department'), answer.department],
        [t('myData:office'), answer.office],
      ]}
    />
  );
}

function AssistantFacts({ data: { assistants, assists } }: { data: OwnDataReply }) {
  const { t } = useTranslation(['app', 'myData']);
  const names = (people: typeof assistants): string =>
    people.map(({ displayName }) => displayName ?? t('myData:nobody')).join(', ');
  if (assistants.length + assists.length === 0) return null;
  return (
    <Facts
      title={t('myData:assistants')}
      facts={[
        [t('assistants.list'), names(assistants)],
        [t('assisting.title'), names(assists)],
      ]}
    />
  );
}

function ContactFacts({ data: { contactsAsked, safeContactOf, contactRequests } }: { data: OwnDataReply }) {
  const { t } = useTranslation(['app', 'myData']);
  const formats = useFormats();
  if (contactsAsked.length + safeContactOf.length + contactRequests.length === 0) return null;
  return (
    <Facts
      title={t('safeContact.title')}
      facts={[
        [
          t('myData:contactsAsked'),
          contactsAsked
            .map(({ contactName, day }) => `${contactName ?? t('myData:nobody')} (${formats.date(`${day}T12:00:00Z`)})`)
            .join(', '),
        ],
        [t('myData:safeContactOf'), safeContactOf.map(({ cohortName }) => cohortName).join(', ')],
        [
          t('myData:contactRequests'),
          contactRequests.map(({ displayName }) => displayName ?? t('myData:nobody')).join(', '),
        ],
      ]}
    />
  );
}
