/** Letters may carry this many combining marks; more is decoration that covers its neighbors. */
const MOST_MARKS = 3;
/** What people write is clipped here where nothing shorter is asked for. */
const DEFAULT_LENGTH = 200;

/**
 * A grapheme may be one byte or, as a family of emoji, dozens: so many bytes a grapheme, and some more so that a short text
 * holds a few of them. Without a bound the card of a single name could be larger than Teams takes.
 */
const BYTES_EACH = 4;
const BYTES_MORE = 64;

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });

/**
 * What a person wrote, made harmless for any plain text field of a card: no control or bidi characters, no tags (`<at>`
 * would mention somebody), no piled-up marks, one line, and at most `most` graphemes, fewer where they are long in bytes.
 * cleanText('Ann\u202Eb <at>CEO</at>') // => 'Annb ‹at›CEO‹/at›'
 */
export function cleanText(text: string, most = DEFAULT_LENGTH): string {
  const oneLine = text
    .normalize('NFC')
    .replace(/\s+/gu, ' ')
    // Cc, Cf (bidi, zero-width; the joiners that emoji and some scripts need stay), Cs, Co, Cn, line separators.
    .replace(/(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu, '')
    .replace(new RegExp(`(\\p{M}{${String(MOST_MARKS)}})\\p{M}+`, 'gu'), '$1')
    .replaceAll('<', '‹')
    .replaceAll('>', '›')
    .trim();
  const graphemes: string[] = [];
  let bytes = 0;
  for (const { segment } of segmenter.segment(oneLine)) {
    bytes += Buffer.byteLength(segment);
    if (graphemes.length === most || bytes > BYTES_EACH * most + BYTES_MORE)
      return `${graphemes.slice(0, Math.min(graphemes.length, most - 1)).join('')}…`;
    graphemes.push(segment);
  }
  return graphemes.join('');
}

/**
 * The same for fields that read Markdown: shown literally. What Markdown or a card's own date function (`{{DATE(..)}}`)
 * could take as its own gets a backslash, and nothing else, since some clients show the backslash.
 * escapeText('**x** [a](b)') // => '\\*\\*x\\*\\* \\[a\\](b)'
 */
export const escapeText = (text: string, most = DEFAULT_LENGTH): string =>
  cleanText(text, most)
    .replace(/[\\`*_[\]~]/g, '\\$&')
    .replace(/[{}]{2}/g, (pair) => `\\${pair.slice(0, 1)}\\${pair.slice(1)}`)
    .replace(/&(?=#?\w+;)/g, '\\&')
    .replace(/^[-+#=]|^\d+(?=[.)])/, (start) => (/\d/.test(start) ? `${start}\\` : `\\${start}`))
    // A bare address would become a link.
    .replace(/:(?=\/\/)/g, '\\:')
    .replace(/www(?=\.)/gi, '$&\\');

/** Hosts of Teams meeting links. */
const MEETING_HOSTS = ['teams.microsoft.com', 'teams.cloud.microsoft'];

/** The address of a meeting if it is an https address of Teams, else null. */
export function safeMeetingUrl(url: string | null): string | null {
  if (url === null || !URL.canParse(url)) return null;
  const { protocol, hostname, port, username, password, href } = new URL(url);
  const isPlain = protocol === 'https:' && port === '' && username === '' && password === '';
  return isPlain && MEETING_HOSTS.includes(hostname) ? href : null;
}
