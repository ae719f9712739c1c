/**
 * The part of Markdown that Teams reads in a card's text: a sign behind a backslash as it is, bold, italics, links, and bare
 * addresses. What stands outside the five groups is text.
 */
const TOKEN =
  /\\([!-/:-@[-`{-~])|\[([^[\]]+)\]\((https?:\/\/[^)\s]+)\)|\*\*([^*]+)\*\*|_([^_]+)_|((?:https?:\/\/|www\.)[^\s<>"]+)/g;

const escapeHtml = (text: string): string =>
  text
    // Markdown reads character references itself.
    .replace(/&(?!#?\w+;)/g, '&amp;')
    .replace(/[<>"]/g, (sign) => `&#${String(sign.charCodeAt(0))};`);

const link = (text: string, url: string): string =>
  `<a href="${escapeHtml(url.startsWith('www.') ? `https://${url}` : url)}">${escapeHtml(text)}</a>`;

/**
 * HTML of a card's text, as Teams would show it: where somebody's words were not made harmless, it is seen here too.
 * showMarkdown('**x** \\*y\\*') // => '<strong>x</strong> *y*'
 */
export function showMarkdown(text: string): string {
  let html = '';
  let shownTo = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [whole, escaped, linked, url, bold, italic, address] = match;
    html += escapeHtml(text.slice(shownTo, match.index));
    shownTo = match.index + whole.length;
    if (escaped !== undefined) html += escaped === '&' ? '&amp;' : escapeHtml(escaped);
    else if (linked !== undefined && url !== undefined) html += link(linked, url);
    else if (bold !== undefined) html += `<strong>${escapeHtml(bold)}</strong>`;
    else if (italic !== undefined) html += `<em>${escapeHtml(italic)}</em>`;
    else if (address !== undefined) html += link(address, address);
  }
  return html + escapeHtml(text.slice(shownTo));
}
