import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { findGlobals } from './find-globals.ts';
import { GLOBAL_RULES, IMPORT_RULES, PLACES } from './import-law.ts';

/** A file that breaks the import law, the rule, and what it imports or uses. */
export interface Violation {
  rule: string;
  file: string;
  uses: string;
}

/**
 * Reads every file of `server/` and `src/` below `root` and holds it against the import law. Throws an Error when there was
 * nothing to read, since a law that is held against nothing is always kept.
 */
export async function findViolations(root: string): Promise<{ files: string[]; violations: Violation[] }> {
  const { output } = await cruise(['server', 'src'], {
    baseDir: root,
    validate: true,
    ruleSet: { forbidden: IMPORT_RULES },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    // Packages keep their path in node_modules also where that folder is a link.
    preserveSymlinks: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mts', '.mjs', '.js', '.d.ts', '.json', '.css'],
    },
  });
  const { modules, summary } = output as ICruiseResult;
  const files = modules.map(({ source }) => source).filter((source) => /^(server|src)\//.test(source));
  if (files.length === 0) throw new Error(`There is nothing to read below ${root}.`);
  const imports = summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, file: from, uses: to }));
  return { files, violations: [...imports, ...findHomeless(files), ...findForbiddenGlobals(root, files)] };
}

/** Files of the server that no part of the law speaks of. */
function findHomeless(files: string[]): Violation[] {
  const places = Object.values(PLACES).map((place) => new RegExp(place.files));
  return files
    .filter((file) => file.startsWith('server/') && places.filter((place) => place.test(file)).length !== 1)
    .map((file) => ({ rule: 'no place', file, uses: '' }));
}

function findForbiddenGlobals(root: string, files: string[]): Violation[] {
  const written = files.filter((file) => /\.(m?ts|tsx|m?js)$/.test(file) && !file.endsWith('.d.ts'));
  return written.flatMap((file) => {
    const used = findGlobals(file, readFileSync(join(root, file), 'utf8'));
    return GLOBAL_RULES.filter(
      ({ name, watchedIn, allowedIn }) => used.includes(name) && watchedIn.test(file) && !allowedIn.test(file),
    ).map(({ name }) => ({ rule: name, file, uses: name }));
  });
}
