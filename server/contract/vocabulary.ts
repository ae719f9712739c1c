import * as z from 'zod/mini';

/** The five languages in which everything a person reads exists. */
export const LOCALES = ['en', 'it', 'pl', 'uk', 'pt-BR'] as const;
export const locale = z.enum(LOCALES);
export type Locale = z.infer<typeof locale>;

/** What a person may be in the program of a tenant; a person may be several. */
export const ROLES = ['administrator', 'mentor', 'mentee', 'assistant', 'safeContact'] as const;
export const role = z.enum(ROLES);
export type Role = z.infer<typeof role>;

/** Which side of a pair a person is on. */
export const SIDES = ['mentor', 'mentee'] as const;
export const side = z.enum(SIDES);
export type Side = z.infer<typeof side>;

/** How far a participant has come in a cohort. */
export const PARTICIPANT_STATES = ['nominated', 'invited', 'joined', 'declined', 'paused', 'left'] as const;
export const participantState = z.enum(PARTICIPANT_STATES);
export type ParticipantState = z.infer<typeof participantState>;

/**
 * The life of a match: proposed -> mentorAsked -> mentorAgreed -> (slots) -> menteeAsked -> agreed -> booked; and its ends.
 * `noSlot`: no time was found; `waiting`: nobody answered, the administrator decides; `suspended`: a person left or the
 * series was declined; `closed`: all sessions are over.
 */
export const PAIR_STATES = [
  'proposed',
  'mentorAsked',
  'mentorAgreed',
  'noSlot',
  'menteeAsked',
  'agreed',
  'booked',
  'mentorDeclined',
  'menteeDeclined',
  'waiting',
  'suspended',
  'closed',
] as const;
export const pairState = z.enum(PAIR_STATES);
export type PairState = z.infer<typeof pairState>;

/** What became of a session in the calendars. */
export const SESSION_STATES = ['planned', 'booked', 'cancelled', 'declined', 'deleted'] as const;
export const sessionState = z.enum(SESSION_STATES);
export type SessionState = z.infer<typeof sessionState>;

/** Booked, presumed held (over, and nothing spoke against it), confirmed by a person, or not held: four different things. */
export const HELD_STATES = ['open', 'presumed', 'confirmed', 'notHeld'] as const;
export const heldState = z.enum(HELD_STATES);
export type HeldState = z.infer<typeof heldState>;

/** Who reads the optional line of a feedback answer; chosen before typing. */
export const NOTE_READERS = ['programTeamGrouped', 'programTeamNamed', 'partner', 'onlyMe'] as const;
export const noteReader = z.enum(NOTE_READERS);
export type NoteReader = z.infer<typeof noteReader>;

/** The pulse: whether this pair is right, `another`: one would like another match, which is nobody's fault. */
export const RIGHT_MATCHES = ['yes', 'unsure', 'another'] as const;
export const rightMatch = z.enum(RIGHT_MATCHES);
export type RightMatch = z.infer<typeof rightMatch>;

/** The pulse: who did most of the teaching, as the one who answers sees it. */
export const TEACHERS = ['me', 'partner', 'both'] as const;
export const teacher = z.enum(TEACHERS);
export type Teacher = z.infer<typeof teacher>;

/** The mentee's answers to the one proposal. */
export const PROPOSAL_ANSWERS = ['agree', 'anotherTime', 'anotherMentor', 'askAssistant'] as const;
export const proposalAnswer = z.enum(PROPOSAL_ANSWERS);
export type ProposalAnswer = z.infer<typeof proposalAnswer>;

/** Answers to other times for one session: one of them, the session as it stands, or doing without it. */
export const NEW_TIME_ANSWERS = ['take', 'keep', 'skip'] as const;
export const newTimeAnswer = z.enum(NEW_TIME_ANSWERS);
export type NewTimeAnswer = (typeof NEW_TIME_ANSWERS)[number];

/** Answers of a pair whose dates are all gone. */
export const restartAnswer = z.enum(['findTimes', 'leave']);
export type RestartAnswer = z.infer<typeof restartAnswer>;

/** A topic of the program: what executives want to learn and mentors can teach. Its name in each language is a text of the locales. */
export const TOPICS = [
  'generative-ai',
  'prompt-practice',
  'social-media-presence',
  'brand-on-social-media',
  'short-video',
  'online-communities',
  'collaboration-tools',
  'own-systems',
  'data-literacy',
  'cybersecurity-habits',
  'digital-customers',
  'market-trends',
  'technology-investments',
  'new-ways-of-working',
  'remote-work',
  'public-digital-services',
  'inclusion-and-language',
  'younger-generations',
  'communication-between-generations',
  'sustainability',
  'feedback-culture',
] as const;
export const topic = z.enum(TOPICS);
export type Topic = z.infer<typeof topic>;

/** A level of knowledge: 1 knows the word, 5 teaches it. */
export const level = z.int().check(z.minimum(1), z.maximum(5));
export const goal = z.strictObject({ topic, level });
export type Goal = z.infer<typeof goal>;
export const skill = z.strictObject({ topic, level });
export type Skill = z.infer<typeof skill>;

export const guid = z
  .string()
  .check(z.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, 'must be a GUID'));
/** NUL, which PostgreSQL stores in no text, and halves of signs, which become something else on the way. */
const isStorable = (text: string): boolean => !text.includes('\0') && !/\p{Cs}/u.test(text);
/** A line that somebody writes, at most so many UTF-16 units. */
export const writtenText = (most: number) =>
  z.string().check(z.maxLength(most), z.refine(isStorable, 'holds a sign that is none'));
/** A work address as a person types it. Who it is, if anybody, only the directory knows. */
export const workAddress = z
  .string()
  .check(z.trim(), z.maxLength(254), z.regex(/^[^\s@]+@[^\s@]+$/, 'must be an address'));
/** Why somebody cannot be named as assistant: a key of the texts. */
export const ASSISTANT_REFUSALS = [
  'assistantUnknown',
  'assistantGuest',
  'assistantDisabled',
  'assistantSelf',
  'assistantMentor',
  'assistantMany',
] as const;
export type AssistantRefusal = (typeof ASSISTANT_REFUSALS)[number];
/** Why somebody cannot be a cohort's safe contact: a key of the texts. */
export const SAFE_CONTACT_REFUSALS = [
  'safeContactUnknown',
  'safeContactGuest',
  'safeContactDisabled',
  'safeContactParticipant',
  'safeContactInLine',
] as const;
export type SafeContactRefusal = (typeof SAFE_CONTACT_REFUSALS)[number];
/** An instant in JSON: ISO 8601 in UTC. */
export const isoInstant = z.iso.datetime();
