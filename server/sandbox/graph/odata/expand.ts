import { badRequest } from '../refusal.ts';
import { splitOutside } from './split.ts';

/** One item of `$expand`: the navigation's name and its own options, by lower-case name without `$`. */
export interface Expansion {
  name: string;
  options: Map<string, string>;
}

/** Reads `$expand=manager($levels=max;$select=id),teamsApp`. */
export function readExpand(text: string | undefined): Expansion[] {
  if (text === undefined) return [];
  return splitOutside(text, ',').map((item) => {
    const match = /^([\w./]+)(?:\((.*)\))?$/s.exec(item);
    if (!match) throw badRequest(`Invalid $expand clause '${item}'.`);
    const options = new Map<string, string>();
    for (const option of splitOutside(match[2] ?? '', ';')) {
      const at = option.indexOf('=');
      if (!/^\$?\w+$/.test(option.slice(0, at))) throw badRequest(`Invalid $expand option '${option}'.`);
      options.set(option.slice(0, at).replace(/^\$/, '').toLowerCase(), option.slice(at + 1));
    }
    return { name: match[1]!, options };
  });
}
