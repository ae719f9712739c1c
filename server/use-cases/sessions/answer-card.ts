import type { CardAction } from '../../contract/cards.ts';
import type { CardMessage, ErrorText } from '../../contract/card-messages.ts';
import type { FeedbackBody } from '../../contract/http.ts';
import type { Goal, Skill, Topic } from '../../contract/vocabulary.ts';
import { ASSISTANT_REFUSALS, topic as topicSchema } from '../../contract/vocabulary.ts';
import { loadBoth } from '../../db/cohorts.ts';
import { findAnswer } from '../../db/feedback.ts';
import { findPair } from '../../db/pairs.ts';
import { loadPeopleById } from '../../db/people.ts';
import type { Database } from '../../db/schema.ts';
import { loadSessions } from '../../db/sessions.ts';
import { inTenant } from '../../db/tenancy.ts';
import type { PersonId, TenantId } from '../../domain/people/person.ts';
import { bodyOf, judgeFeedback } from '../../domain/sessions/feedback.ts';
import { isPulse } from '../../domain/sessions/pulse.ts';
import type { Instant } from '../../domain/time/instant.ts';
import { AppError } from '../../errors.ts';
import type { Calendar, Clock, Directory, Jobs } from '../../ports.ts';
import { answerInvitation } from '../people/answer-invitation.ts';
import { answerMentor, type AgreementVersion } from '../matching/answer-mentor.ts';
import { answerProposal } from '../matching/answer-proposal.ts';
import { showProposal } from '../matching/show-proposal.ts';
import { nameAssistant } from '../people/name-assistant.ts';
import { pairTopics } from '../../domain/matching/pair-topics.ts';
import { answerNewTime } from './answer-new-time.ts';
import { askContact } from '../people/ask-contact.ts';
import { answerRestart } from './answer-restart.ts';
import { leavePair } from './leave-pair.ts';
import { recordFeedback } from './record-feedback.ts';
import { wishAnotherMatch } from './wish-another-match.ts';

export interface AnswerCardPorts {
  db: Database;
  calendar: Calendar;
  directory: Directory;
  clock: Clock;
  jobs: Jobs;
  texts: AgreementVersion;
}

/**
 * What a person did on a card, told apart by its verb; the answer is the card that takes its place. Refusals are cards
 * too, so that nobody is left with a spinner; a database that is away throws `unavailable`, and the typed text stays.
 */
export async function answerCard(
  ports: AnswerCardPorts,
  caller: { tenantId: TenantId; personId: PersonId },
  action: CardAction,
): Promise<CardMessage> {
  try {
    return await act(ports, caller, action);
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'unavailable') throw error;
    // Nothing went wrong: somebody was quicker, or it was another device of theirs. The card is done with.
    if (error.details.reason === 'answeredElsewhere') return { kind: 'done', text: 'answeredElsewhere' };
    return { kind: 'error', text: errorText(error) };
  }
}

function errorText(error: AppError): ErrorText {
  if (error.code === 'notFound' || error.code === 'forbidden') return 'notYours';
  const refusal = ASSISTANT_REFUSALS.find((reason) => reason === error.details.reason);
  if (refusal) return refusal;
  if (error.code === 'badInput') return 'badInput';
  if (error.details.reason === 'safeContactMissing') return 'safeContactMissing';
  if (error.code === 'conflict') return 'conflict';
  if (error.details.reason === 'tooEarly' || error.details.reason === 'sessionNotHeld') return error.details.reason;
  return 'closed';
}

async function act(
  ports: AnswerCardPorts,
  caller: { tenantId: TenantId; personId: PersonId },
  action: CardAction,
): Promise<CardMessage> {
  switch (action.verb) {
    case 'join.answer': {
      if (action.answer === 'decline') {
        await answerInvitation(ports, {
          ...caller,
          cohortId: action.cohortId,
          side: 'mentor',
          answer: { kind: 'decline' },
        });
        return { kind: 'done', text: 'declined' };
      }
      const level = Number(action.level ?? '4');
      const skills: Skill[] = readTopics(action.topics ?? '').map((topic) => ({ topic, level }));
      if (skills.length === 0)
        throw new AppError('badInput', { fields: [{ path: 'topics', reason: 'choose at least one topic' }] });
      await answerInvitation(ports, {
        ...caller,
        cohortId: action.cohortId,
        side: 'mentor',
        answer: { kind: 'join', skills, motivation: action.motivation?.trim() || null },
      });
      return { kind: 'done', text: 'joined' };
    }
    case 'goals.answer': {
      await answerInvitation(ports, {
        ...caller,
        cohortId: action.cohortId,
        side: 'mentee',
        answer: { kind: 'goals', goals: readGoals(action) },
      });
      return { kind: 'done', text: 'goalsStored' };
    }
    case 'mentor.answer':
      return {
        kind: 'done',
        text: await answerMentor(ports, { ...caller, pairId: action.pairId, answer: action.answer }),
      };
    case 'proposal.answer': {
      const { pairId, answer, offer, round } = action;
      const answered = await answerProposal(ports, {
        ...caller,
        pairId,
        answer,
        ...(answer === 'agree' ? { offer: Number(offer ?? '0') } : {}),
        ...(round === undefined ? {} : { round }),
      });
      return answered.outcome === 'needsAssistant'
        ? { kind: 'assistantAddress', pairId }
        : { kind: 'done', text: answered.text };
    }
    case 'proposal.show':
      return showProposal(ports, { ...caller, pairId: action.pairId });
    case 'assistant.name': {
      const { pairId, address } = action;
      await nameAssistant(ports, { ...caller, address });
      const asked = await answerProposal(ports, { ...caller, pairId, answer: 'askAssistant' });
      return asked.outcome === 'needsAssistant'
        ? { kind: 'assistantAddress', pairId }
        : { kind: 'done', text: asked.text };
    }
    case 'session.newTime':
      return takeNewTime(ports, caller, action);
    case 'pair.restart':
      await answerRestart(ports, { ...caller, pairId: action.pairId, answer: action.answer });
      return { kind: 'done', text: action.answer === 'findTimes' ? 'timesSearched' : 'restLeft' };
    case 'feedback.submit': {
      const { thanks } = await recordFeedback(ports, {
        ...caller,
        sessionId: action.sessionId,
        body: readFeedback(action),
        via: 'card',
      });
      return thanks;
    }
    case 'feedback.edit':
      return openFormAgain(ports, caller, action);
    case 'contact.ask':
      await askContact(ports, { ...caller, cohortId: action.cohortId, contactId: action.contactId as PersonId });
      return { kind: 'done', text: 'contactAsked' };
    case 'pulse.anotherMatch':
      await wishAnotherMatch(ports, { ...caller, sessionId: action.sessionId });
      return { kind: 'done', text: 'anotherMatchWished' };
    case 'pair.leave':
      await leavePair(ports, { ...caller, pairId: action.pairId });
      return { kind: 'done', text: 'pairLeft' };
  }
}

const NEW_TIME_DONE = { taken: 'newTimeTaken', kept: 'sessionKept', skipped: 'sessionSkipped' } as const;

async function takeNewTime(
  ports: AnswerCardPorts,
  caller: { tenantId: TenantId; personId: PersonId },
  { sessionId, round, answer, start }: Extract<CardAction, { verb: 'session.newTime' }>,
): Promise<CardMessage> {
  const answered = await answerNewTime(ports, {
    ...caller,
    sessionId,
    round,
    answer,
    ...(start === undefined ? {} : { start: Number(start) as Instant }),
  });
  return answered.outcome === 'refreshed' ? answered.message : { kind: 'done', text: NEW_TIME_DONE[answered.outcome] };
}

/** A multi-select arrives as comma-separated values; unknown ones are left out. */
const readTopics = (text: string): Topic[] =>
  [...new Set(text.split(',').map((part) => part.trim()))].flatMap((part) => {
    const parsed = topicSchema.safeParse(part);
    return parsed.success ? [parsed.data] : [];
  });

function readGoals(action: Extract<CardAction, { verb: 'goals.answer' }>): Goal[] {
  const given = [
    [action.topic1, action.level1],
    [action.topic2, action.level2],
    [action.topic3, action.level3],
  ] as const;
  const goals: Goal[] = [];
  for (const [topic, level] of given) {
    if (topic && !goals.some((goal) => goal.topic === topic)) goals.push({ topic, level: Number(level || '3') });
  }
  return goals;
}

function readFeedback(action: Extract<CardAction, { verb: 'feedback.submit' }>): FeedbackBody {
  return {
    tookPlace: action.tookPlace === 'yes',
    attempt: action.attempt ?? 1,
    ...(action.usefulness ? { usefulness: Number(action.usefulness) } : {}),
    ...(action.nextTopic ? { nextTopic: action.nextTopic } : {}),
    ...(action.note ? { note: action.note } : {}),
    ...(action.noteReader ? { noteReader: action.noteReader } : {}),
    ...(action.rightMatch ? { rightMatch: action.rightMatch } : {}),
    ...(action.safeToSpeak ? { safeToSpeak: Number(action.safeToSpeak) } : {}),
    ...(action.taughtBy ? { taughtBy: action.taughtBy } : {}),
  };
}

/** The form once more, with what was said, for the thank-you's "edit". */
async function openFormAgain(
  { db, clock }: AnswerCardPorts,
  { tenantId, personId }: { tenantId: TenantId; personId: PersonId },
  { sessionId, attempt = 1 }: { sessionId: string; attempt?: number | undefined },
): Promise<CardMessage> {
  return inTenant(db, tenantId, async (tx): Promise<CardMessage> => {
    const [session] = await loadSessions(tx, { sessionIds: [sessionId] });
    const pair = session ? await findPair(tx, session.pairId) : undefined;
    if (!session || !pair || (pair.mentorId !== personId && pair.menteeId !== personId)) throw new AppError('notFound');
    if (session.attempt !== attempt || judgeFeedback(session, clock.now()) !== 'open')
      return { kind: 'feedbackClosed', sessionId };
    const { mentor, mentee } = await loadBoth(tx, pair);
    if (!mentee || !mentor) throw new AppError('notFound');
    const isMentor = pair.mentorId === personId;
    const partnerId = isMentor ? pair.menteeId : pair.mentorId;
    const partner = (await loadPeopleById(tx, [partnerId])).get(partnerId);
    const { n } = await tx
      .selectFrom('sessions')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .where('seriesId', '=', session.seriesId)
      .executeTakeFirstOrThrow();
    const answer = await findAnswer(tx, session, personId);
    return {
      kind: isMentor ? 'feedbackMentor' : 'feedbackMentee',
      sessionId,
      partnerName: partner?.displayName ?? '',
      start: session.startsAt,
      number: session.number,
      of: n,
      nextTopics: pairTopics(mentee, mentor),
      isReminder: false,
      isPulse: isPulse(session.number),
      attempt,
      given: answer ? bodyOf(answer) : null,
    };
  });
}
