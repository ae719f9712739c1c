import { createTexts } from '../locales/create-texts.ts';
import { cleanText } from './escape-text.ts';
import type { ActivityDeps, Conversation } from './conversation.ts';
import { parseCommand } from './parse-command.ts';

const texts = createTexts();

/** Answers what a person wrote to the bot: a greeting, help, the next session, the safe contact, stop and start; anything else gets a hint. */
export async function answerCommand(deps: ActivityDeps, text: string, conversation: Conversation): Promise<void> {
  const { caller, reference } = conversation;
  const reply = await writeReply(deps, text, conversation).catch((error: unknown) => {
    deps.report(error);
    return texts.reader(conversation.locale, conversation.timeZone).t('bot:failed');
  });
  if (reply === null) return;
  const sent = await deps.messenger.sendText(caller.tenantId, reference, reply);
  if (sent.outcome !== 'done') deps.report(new Error(`reply to a message: ${sent.outcome} ${sent.code}`));
}

/** One card for each cohort, with a button that asks the safe contact to get in touch; false: there is none to show. */
async function showSafeContacts(deps: ActivityDeps, conversation: Conversation): Promise<boolean> {
  const { caller, reference, locale, timeZone } = conversation;
  const cards = await deps.findSafeContacts(caller);
  for (const message of cards) {
    const sent = await deps.messenger.sendCard(caller.tenantId, reference, deps.renderCard(message, locale, timeZone));
    if (sent.outcome !== 'done') deps.report(new Error(`reply to a message: ${sent.outcome} ${sent.code}`));
  }
  return cards.length > 0;
}

/** What is said; null: a card was sent in its place. */
async function writeReply(deps: ActivityDeps, text: string, conversation: Conversation): Promise<string | null> {
  const { caller, locale, timeZone } = conversation;
  const reader = texts.reader(locale, timeZone);
  const command = parseCommand(text);
  switch (command) {
    case 'hello':
    case 'help':
      return reader.t(`bot:${command}`);
    case 'nextSession': {
      const next = await deps.findNextSession(caller);
      return next === null
        ? reader.t('bot:noSession')
        : reader.t('bot:nextSession', { name: cleanText(next.partnerName, 80), date: reader.dateTime(next.start) });
    }
    case 'safeContact':
      return (await showSafeContacts(deps, conversation)) ? null : reader.t('contact:none');
    case 'stop':
    case 'start':
      await deps.setStopped(caller, command === 'stop');
      return reader.t(command === 'stop' ? 'bot:stopped' : 'bot:started');
    case null:
      return reader.t('bot:unknown');
  }
}
