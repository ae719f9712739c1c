import { createCardRenderer } from '../../server/bot/render-card.ts';
import { LOCALES, type Locale } from '../../server/contract/vocabulary.ts';
import { loadContent } from '../../server/locales/load-content.ts';
import { createVirtualClock } from '../../server/sandbox/clock.ts';
import { startSandbox } from '../../server/sandbox/sandbox.ts';
import { everyMessage } from '../server/bot/messages.ts';
import { buildFront, PAGE_FOLDER } from './build-front.ts';

/** A sandbox without a product, in which five people have every card in their chat, each in another language. */
export interface CardShow {
  /** Address of the chat of the person who reads this language. */
  addressOf(locale: Locale): string;
  cards: number;
  close(): Promise<void>;
}

/** Shows every message that a card can say, with `text` wherever people write something. */
export async function showCards(text: string): Promise<CardShow> {
  await buildFront();
  const clock = createVirtualClock(Date.parse('2026-10-14T08:00:00Z'));
  const options = { seed: 1, clock, people: 12, executives: 1, weeks: 1, behavior: false, pageFolder: PAGE_FOLDER };
  const sandbox = await startSandbox(options);
  const people = [...sandbox.world.people.values()].slice(0, LOCALES.length);
  const readers = new Map(LOCALES.map((locale, index) => [locale, people[index]!]));
  const renderCard = createCardRenderer(loadContent(null));
  let cards = 0;
  for (const [locale, { id, mailbox }] of readers) {
    await sandbox.world.chats.install(id);
    const { conversationId, activities } = sandbox.world.chats.of(id)!;
    const messages = everyMessage(text, locale);
    cards = messages.length;
    for (const [index, message] of messages.entries()) {
      const { card } = renderCard(message, locale, mailbox.zone);
      const told = { text: null, from: 'bot' as const, updatedAt: null, replaced: 0 };
      activities.push({ ...told, id: `card-${index}`, conversationId, at: clock.now(), card });
    }
  }
  return {
    addressOf: (locale) => `${sandbox.origin}/sandbox/#person=${readers.get(locale)!.id}&view=chat`,
    cards,
    close: () => sandbox.close(),
  };
}
