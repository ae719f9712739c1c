import { gzipSync } from 'node:zlib';
import type { Plugin, Rolldown } from 'vite';

/** What a page may weigh: everything that its modules load, and what those import. Modules are named by their path in `root`. */
export interface PageBudget {
  name: string;
  /** Modules that are loaded one after another until the page is on screen; imports of each are followed by themselves. */
  modules: readonly string[];
  /** Texts of which one language is loaded: the greatest counts. Names of files in `locales/<language>/`. */
  texts: readonly string[];
  /** What only matches one of these may be loaded later too, and counts. */
  andLater?: RegExp;
  /** Packages that are not counted, because the budget is of what is ours. */
  without?: readonly string[];
  mostKilobytes: number;
}

/** What whatever is loaded later may weigh, beyond what is there by then. */
export interface LaterBudget {
  /** The budget after which it is loaded. */
  after: string;
  /** Where it begins; parts of pages count by themselves too. */
  modules: RegExp;
  mostKilobytes: number;
  /** The same where a module of this kind is in it. */
  besides?: { modules: RegExp; mostKilobytes: number };
  /** Names of texts of which a page may bring one set of its own: the greatest counts for each. */
  texts: readonly string[];
}

export interface Budgets {
  pages: readonly PageBudget[];
  later: readonly LaterBudget[];
}

type Chunk = Rolldown.OutputChunk;
export interface Weighed {
  name: string;
  bytes: number;
  mostBytes: number;
}

/** Fails the build when more JavaScript would be loaded, in bytes after gzip, than a budget allows; says a line for each. */
export function checkBudgets(root: string, budgets: Budgets): Plugin {
  return {
    name: 'check-budgets',
    apply: 'build',
    enforce: 'post',
    // In writeBundle the code is what is written, with the lists of what Vite loads ahead.
    writeBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((output) => output.type === 'chunk');
      const weighed = weighAll(root, chunks, budgets);
      for (const { name, bytes, mostBytes } of weighed)
        this.info(`${kilobytes(bytes)} of ${kilobytes(mostBytes)} kB: ${name}`);
      const over = weighed.filter(({ bytes, mostBytes }) => bytes > mostBytes);
      if (over.length > 0) this.error(`too heavy: ${over.map(({ name }) => name).join(', ')}`);
    },
  };
}

const kilobytes = (bytes: number): string => (bytes / 1000).toFixed(1).padStart(5);

/** What each budget allows and what it finds. Throws an Error for a module that is in no chunk: the budget would watch nothing. */
export function weighAll(root: string, chunks: readonly Chunk[], { pages, later }: Budgets): Weighed[] {
  const tree = createTree(root, chunks);
  const loads = new Map(pages.map((page) => [page.name, tree.loadsOf(page)]));
  return [
    ...pages.map(({ name, mostKilobytes, without = [] }) => ({
      name,
      bytes: tree.weigh(loads.get(name)!, without),
      mostBytes: mostKilobytes * 1000,
    })),
    ...later.flatMap((budget) => {
      const loaded = loads.get(budget.after);
      if (!loaded) throw new Error(`no budget is called ${budget.after}`);
      return tree.startsOf(budget.modules).flatMap((start): Weighed[] => {
        const own = tree.loadsOf({ modules: [start], texts: [] });
        for (const file of loaded) own.delete(file);
        if (own.size === 0) return [];
        const texts = Math.max(0, ...budget.texts.map((name) => tree.weighTexts(name)));
        const isSpecial = budget.besides !== undefined && tree.holds(own, budget.besides.modules);
        const most = isSpecial ? budget.besides!.mostKilobytes : budget.mostKilobytes;
        return [{ name: `${start}, later`, bytes: texts + tree.weigh(own, []), mostBytes: most * 1000 }];
      });
    }),
  ];
}

function createTree(root: string, chunks: readonly Chunk[]) {
  const byFile = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const pathOf = (id: string): string => (id.startsWith(root) ? id.slice(root.length) : id);
  const chunkOf = (module: string): Chunk => {
    const found = chunks.find(({ moduleIds }) => moduleIds.some((id) => pathOf(id) === module));
    if (!found) throw new Error(`${module} is in no chunk`);
    return found;
  };
  const sizes = new Map<string, number>();
  const sizeOf = (chunk: Chunk): number => {
    const known = sizes.get(chunk.fileName) ?? gzipSync(chunk.code).length;
    sizes.set(chunk.fileName, known);
    return known;
  };
  /** The file and all that it imports itself. */
  const follow = (file: string, into: Set<string>): void => {
    if (into.has(file) || !byFile.has(file)) return;
    into.add(file);
    for (const imported of byFile.get(file)!.imports) follow(imported, into);
  };
  const laterOf = (files: ReadonlySet<string>, modules: RegExp): Chunk[] =>
    [...files]
      .flatMap((file) => byFile.get(file)!.dynamicImports)
      .flatMap((file) => byFile.get(file) ?? [])
      .filter(({ fileName, facadeModuleId }) => !files.has(fileName) && modules.test(pathOf(facadeModuleId ?? '')));
  const greatestTexts = (name: string): Chunk => {
    const texts = chunks.filter(({ moduleIds }) =>
      moduleIds.some((id) => new RegExp(`^locales/[^/]+/${name}\\.json$`).test(pathOf(id))),
    );
    if (texts.length === 0) throw new Error(`no texts are called ${name}`);
    return texts.reduce((greatest, one) => (sizeOf(one) > sizeOf(greatest) ? one : greatest));
  };
  return {
    loadsOf({ modules, texts, andLater }: Pick<PageBudget, 'modules' | 'texts' | 'andLater'>): Set<string> {
      const files = new Set<string>();
      for (const module of modules) follow(chunkOf(module).fileName, files);
      for (const name of texts) follow(greatestTexts(name).fileName, files);
      for (let more = andLater ? laterOf(files, andLater) : []; more.length > 0; more = laterOf(files, andLater!))
        for (const { fileName } of more) follow(fileName, files);
      return files;
    },
    weighTexts: (name: string): number => sizeOf(greatestTexts(name)),
    /** Modules of this kind at which something begins that is loaded on demand. */
    startsOf: (modules: RegExp): string[] =>
      chunks
        .filter(({ isDynamicEntry }) => isDynamicEntry)
        .map(({ facadeModuleId }) => pathOf(facadeModuleId ?? ''))
        .filter((path) => modules.test(path))
        .sort(),
    holds: (files: ReadonlySet<string>, modules: RegExp): boolean =>
      [...files].some((file) => byFile.get(file)!.moduleIds.some((id) => modules.test(id))),
    weigh: (files: ReadonlySet<string>, without: readonly string[]): number =>
      [...files]
        .map((file) => byFile.get(file)!)
        .filter(
          ({ moduleIds }) => !without.some((name) => moduleIds.some((id) => id.includes(`/node_modules/${name}/`))),
        )
        .reduce((sum, chunk) => sum + sizeOf(chunk), 0),
  };
}
