import type { CardMessage } from '../contract/card-messages.ts';
import type { CardAction } from '../contract/cards.ts';
import type { Locale } from '../contract/vocabulary.ts';
import type { CardRenderer } from './render-card.ts';
import type { PersonId, TenantId } from '../domain/people/person.ts';
import type { ConversationReference, Messenger } from '../ports.ts';

/** The person who speaks, from the verified activity alone. */
export interface BotCaller {
  tenantId: TenantId;
  personId: PersonId;
}

/** A session to come, for the question "next session". */
export interface NextSession {
  partnerName: string;
  start: number;
}

/** What the bot asks of the program; use cases and the messenger, wired in main. */
export interface ActivityDeps {
  messenger: Pick<Messenger, 'sendCard' | 'sendText' | 'updateCard'>;
  renderCard: CardRenderer;
  /** Keeps where the person's chat is. `isInstall`: the bot was just added, so a welcome is due, once. */
  rememberConversation(
    caller: BotCaller,
    reference: ConversationReference,
    options: { isInstall: boolean; locale: Locale },
  ): Promise<void>;
  /** The bot was removed: nothing more is sent. */
  forgetConversation(caller: BotCaller): Promise<void>;
  /** Stores what a card says and gives the card that takes its place. Refuses with AppError. */
  answerCard(caller: BotCaller, action: CardAction): Promise<CardMessage>;
  /** Language and zone of the person where they are known. */
  findReader(caller: BotCaller): Promise<{ locale: Locale | null; timeZone: string | null }>;
  findNextSession(caller: BotCaller): Promise<NextSession | null>;
  /** Cards with the safe contacts of the person's cohorts; none without any. */
  findSafeContacts(caller: BotCaller): Promise<CardMessage[]>;
  /** No more messages from the bot, or messages again. Questions stay in the tab. */
  setStopped(caller: BotCaller, isStopped: boolean): Promise<void>;
  /** For faults that are ours; never gets what people wrote. */
  report(error: unknown): void;
}

/** The person, where they write, and how they read. */
export interface Conversation {
  caller: BotCaller;
  reference: ConversationReference;
  locale: Locale;
  timeZone: string;
}
