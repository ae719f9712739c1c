/** What a PowerShell script holds outside of comments: its literals, and whatever does not close. */
export interface Scanned {
  /** Values of the single-quoted literals, in order. */
  literals: string[];
  /** The script without comments and literals. */
  rest: string;
}

const CLOSING: Record<string, string> = { '(': ')', '{': '}', '[': ']' };

/**
 * Reads a script as PowerShell's tokenizer does (about_Parsing, about_Quoting_Rules): comments, literal and expandable strings,
 * sub-expressions in strings, brackets. Throws an Error that says what is not closed.
 */
export function scanPowershell(text: string): Scanned {
  const literals: string[] = [];
  let rest = '';
  let at = 0;
  const fail = (reason: string): never => {
    throw new Error(`${reason} at line ${text.slice(0, at).split('\n').length}`);
  };

  const literal = (): void => {
    let value = '';
    for (at++; ; at++) {
      if (at >= text.length) fail('a literal is not closed');
      if (/['\u2018-\u201b]/.test(text[at]!)) {
        if (!/['\u2018-\u201b]/.test(text[at + 1] ?? '')) break;
        at++;
      }
      value += text[at];
    }
    at++;
    literals.push(value);
  };
  const expandable = (): void => {
    for (at++; text[at] !== '"' || text[at + 1] === '"';) {
      if (at >= text.length) fail('a string is not closed');
      if (text[at] === '`' || text[at] === '"') at += 2;
      else if (text.startsWith('$(', at)) {
        at += 2;
        code(')');
      } else at++;
    }
    at++;
  };
  const code = (until: string | null): void => {
    while (at < text.length) {
      const sign = text[at]!;
      if (sign === until) {
        at++;
        return;
      }
      if (text.startsWith('<#', at)) at = (text.indexOf('#>', at) + 1 || fail('a comment is not closed')) + 1;
      else if (sign === '#' && /[\s(]/.test(text[at - 1] ?? '\n') && !text.startsWith('#Requires', at))
        at = text.indexOf('\n', at);
      else if (/['\u2018-\u201b]/.test(sign)) literal();
      else if (sign === '"') expandable();
      else if (sign in CLOSING) {
        at++;
        code(CLOSING[sign]!);
      } else if (/[)\]}]/.test(sign)) fail(`${sign} closes nothing`);
      else {
        rest += sign;
        at++;
      }
    }
    if (until !== null) fail(`${until} is missing`);
  };
  code(null);
  return { literals, rest };
}
