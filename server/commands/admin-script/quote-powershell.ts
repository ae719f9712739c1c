/** PowerShell takes each of these for a single quote (about_Quoting_Rules: smart quotes). */
const QUOTES = /['\u2018\u2019\u201a\u201b]/g;
/** A value with a line break or another control character is no name or address, and could hide what a script does. */
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;

/**
 * The text as a literal of PowerShell, in which nothing is expanded. Throws a RangeError for a text with line breaks or other
 * control characters. quotePowerShell("O'Neil $1") // => "'O''Neil $1'"
 */
export function quotePowerShell(text: string): string {
  if (CONTROL.test(text)) throw new RangeError('must not hold line breaks or other control characters');
  return `'${text.replace(QUOTES, (quote) => quote + quote)}'`;
}
