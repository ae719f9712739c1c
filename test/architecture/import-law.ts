import type { IForbiddenRuleType } from 'dependency-cruiser';

/** One part of the house: the files that it holds and the other parts of the server that they may import. */
interface Place {
  files: string;
  mayImport: string[];
  /** The only packages that they may import, as paths; without it any package will do. */
  packages?: string[];
}

const FOLDER = (name: string): string => `^server/${name}/`;
const [CONTRACT, DOMAIN, USE_CASES, DB, LOCALES] = ['contract', 'domain', 'use-cases', 'db', 'locales'].map(FOLDER) as [
  string,
  string,
  string,
  string,
  string,
];
const [GRAPH, BOT, HTTP, JOBS, SANDBOX, THREADS] = ['graph', 'bot', 'http', 'jobs', 'sandbox', 'threads'].map(
  FOLDER,
) as [string, string, string, string, string, string];
const PORTS = '^server/ports\\.ts$';
const ERRORS = '^server/errors\\.ts$';
const CONFIG = '^server/config(\\.ts$|/)';
const APP = '^server/app\\.ts$';
const MAIN = '^server/main\\.ts$';
/** The command: its entry and one file per sub-command. */
const CLI = '^server/(cli\\.ts$|inverso\\.mjs$|commands/)';
const SIMULATION = FOLDER('simulation');
/** Checks and builds the app package from the sources of the project. */
const PACKAGE = FOLDER('package');
/** Looks at what a server needs of the world, for the command and for the administrator's page. */
const CHECK = FOLDER('check');
/** Other files at the top of the server wire parts together for app, main and cli. */
const WIRING = '^server/(?!(ports|errors|config|app|main|cli)\\.ts$|inverso\\.mjs$)[^/]+$';

const CORE = [CONTRACT, DOMAIN, PORTS, ERRORS];
const EDGES = [GRAPH, DB, HTTP, BOT, JOBS, THREADS];

/** The import law of the server: a part may import itself and what is listed; types count like values. */
export const PLACES: Record<string, Place> = {
  contract: { files: CONTRACT, mayImport: [], packages: ['^node_modules/zod/mini/'] },
  domain: { files: DOMAIN, mayImport: [CONTRACT], packages: ['^node_modules/temporal-polyfill/'] },
  ports: { files: PORTS, mayImport: [CONTRACT, DOMAIN], packages: [] },
  errors: { files: ERRORS, mayImport: [CONTRACT], packages: [] },
  config: { files: CONFIG, mayImport: [CONTRACT] },
  locales: { files: LOCALES, mayImport: [CONTRACT, DOMAIN, ERRORS] },
  threads: { files: THREADS, mayImport: CORE },
  // The embedded database lives in a thread.
  db: { files: DB, mayImport: [...CORE, THREADS] },
  graph: { files: GRAPH, mayImport: CORE },
  'use-cases': { files: USE_CASES, mayImport: [...CORE, DB] },
  http: { files: HTTP, mayImport: [...CORE, USE_CASES, LOCALES] },
  bot: { files: BOT, mayImport: [...CORE, USE_CASES, LOCALES] },
  jobs: { files: JOBS, mayImport: [...CORE, USE_CASES] },
  sandbox: { files: SANDBOX, mayImport: [] },
  check: { files: CHECK, mayImport: [...CORE, ...EDGES, LOCALES, CONFIG, WIRING] },
  app: { files: APP, mayImport: [...CORE, ...EDGES, USE_CASES, LOCALES, CONFIG, WIRING] },
  wiring: { files: WIRING, mayImport: [...CORE, ...EDGES, USE_CASES, LOCALES, CONFIG, CHECK] },
  main: { files: MAIN, mayImport: [...CORE, ...EDGES, USE_CASES, LOCALES, CONFIG, WIRING, APP, SANDBOX, CHECK] },
  simulation: { files: SIMULATION, mayImport: [...CORE, ...EDGES, USE_CASES, CONFIG, WIRING, APP, MAIN, SANDBOX] },
  package: { files: PACKAGE, mayImport: [] },
  cli: {
    files: CLI,
    mayImport: [...CORE, ...EDGES, USE_CASES, LOCALES, CONFIG, WIRING, APP, MAIN, SANDBOX, SIMULATION, PACKAGE, CHECK],
  },
};

/** Everything that is ours; what does not match is a package or a module of Node. */
const OURS = '^(server|src|test|appPackage)/';
const SDK = '^node_modules/(@microsoft/teams-js|@microsoft/office-js|@types/office-js|@azure/msal-browser)/';
const DIRECT = { severity: 'error' } as const;

/** The import law as rules of dependency-cruiser. The name of a rule begins with the place whose files break it. */
export const IMPORT_RULES: IForbiddenRuleType[] = [
  ...Object.entries(PLACES).flatMap(([name, { files, mayImport, packages }]): IForbiddenRuleType[] => [
    { ...DIRECT, name: `${name}: imports`, from: { path: files }, to: { path: OURS, pathNot: [files, ...mayImport] } },
    ...(packages
      ? [{ ...DIRECT, name: `${name}: packages`, from: { path: files }, to: { pathNot: [OURS, ...packages] } }]
      : []),
  ]),
  {
    ...DIRECT,
    name: 'domain: only types of the contract',
    from: { path: DOMAIN },
    to: { path: CONTRACT, dependencyTypesNot: ['type-only'] },
  },
  { ...DIRECT, name: 'src: imports', from: { path: '^src/' }, to: { path: OURS, pathNot: ['^src/', CONTRACT] } },
  { ...DIRECT, name: 'src: host kits', from: { path: '^src/', pathNot: '^src/host/' }, to: { path: SDK } },
  {
    ...DIRECT,
    // A server is installed without the packages of development; the sandbox and the simulation never run there, nor does
    // the commands that build the pages and the app package from their sources.
    name: 'server: packages of development',
    from: { path: '^server/', pathNot: [SANDBOX, SIMULATION, PACKAGE, '^server/commands/build-pages\\.ts$'] },
    to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
  },
  { ...DIRECT, name: 'unresolved', from: { path: '^(server|src)/' }, to: { couldNotResolve: true } },
];

/** Names that the language or the host gives without an import, where they are watched, and the only files that may use them. */
export const GLOBAL_RULES = [
  { name: 'process.env', watchedIn: /^/, allowedIn: new RegExp(CONFIG) },
  // The sandbox plays Microsoft 365 and calls the product; the simulation plays its administrator; token-keys.ts fetches
  // the keys that tokens are signed with.
  {
    name: 'fetch',
    watchedIn: /^/,
    allowedIn:
      /^(src\/api\/|server\/(graph|bot|sandbox)\/|server\/simulation\/drive-program\.ts$|server\/http\/token-keys\.ts$)/,
  },
  { name: 'Office', watchedIn: /^src\//, allowedIn: /^src\/host\// },
] as const;

export type GlobalName = (typeof GLOBAL_RULES)[number]['name'];
