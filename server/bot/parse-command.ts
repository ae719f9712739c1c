/** What a person can ask for in words. */
export type Command = 'hello' | 'help' | 'nextSession' | 'safeContact' | 'stop' | 'start';

/** Understood in any of the five languages, whatever the reader's own is. */
const WORDS: Readonly<Record<Command, readonly string[]>> = {
  hello: [
    'hi',
    'hello',
    'hey',
    'ciao',
    'salve',
    'buongiorno',
    'cześć',
    'hej',
    'dzień dobry',
    'привіт',
    'вітаю',
    'добрий день',
    'oi',
    'olá',
    'bom dia',
  ],
  help: ['help', '?', 'aiuto', 'pomoc', 'допомога', 'допоможи', 'ajuda'],
  nextSession: [
    'next session',
    'next',
    'prossima sessione',
    'prossima',
    'następna sesja',
    'następna',
    'наступна зустріч',
    'наступна',
    'próxima sessão',
    'proxima sessao',
    'próxima',
  ],
  safeContact: [
    'safe contact',
    'contact',
    'persona di fiducia',
    'contatto',
    'osoba zaufania',
    'kontakt',
    'довірена особа',
    'контакт',
    'contato de confiança',
    'contato de confianca',
    'contato',
  ],
  stop: ['stop', 'unsubscribe', 'basta', 'zatrzymaj', 'стоп', 'parar', 'pare'],
  start: ['start', 'inizia', 'wznów', 'почати', 'почни', 'começar', 'comecar', 'comece'],
};

const COMMANDS = new Map<string, Command>(
  (Object.keys(WORDS) as Command[]).flatMap((command) => WORDS[command].map((word) => [word, command] as const)),
);
/** Nobody types a longer command. */
const LONGEST = 60;

/**
 * The command in a message, or null. The bot's own name in front of it (`<at>..</at>`), case, and signs at the end do
 * not count.
 * parseCommand('<at>Inverso</at> Next session!') // => 'nextSession'
 */
export function parseCommand(text: string): Command | null {
  if (text.length > 1_000) return null;
  const words = text
    .replace(/<at>[^<]*<\/at>/gi, ' ')
    .normalize('NFC')
    .toLowerCase()
    .replace(/\s+/gu, ' ')
    .trim();
  if (words.length > LONGEST) return null;
  return COMMANDS.get(words) ?? COMMANDS.get(words.replace(/^[\p{P}\p{S}]+|[\p{P}\p{S}]+$/gu, '').trim()) ?? null;
}
