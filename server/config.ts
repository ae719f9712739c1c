import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as z from 'zod';

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const guid = z.string().trim().toLowerCase().regex(GUID, 'must be a GUID');
const httpsUrl = z.url({ protocol: /^https$/, error: 'must be an https URL' });
const httpUrl = z.url({ protocol: /^https?$/, error: 'must be an http or https URL' });
const PORT_FAULT = 'must be a whole number from 0 to 65535';
const port = z
  .string()
  .regex(/^\d{1,5}$/, PORT_FAULT)
  .transform(Number)
  .pipe(z.number().max(65_535, PORT_FAULT));
/** `a, b,` is two things. */
const guidList = z
  .string()
  .transform((text) => text.split(',').filter((part) => part.trim() !== ''))
  .pipe(z.array(guid).min(1, 'must name at least one GUID'));
const oneOf = <const T extends readonly string[]>(words: T) =>
  z.enum(words, { error: `must be one of ${words.join(', ')}` });

const fields = {
  PORT: port.optional(),
  INVERSO_PUBLIC_URL: httpsUrl,
  INVERSO_DATA_DIR: z.string().optional(),
  INVERSO_CONTENT_DIR: z.string().optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// URL' }).optional(),
  INVERSO_TENANT_IDS: guidList,
  INVERSO_CLIENT_ID: guid,
  INVERSO_CLIENT_SECRET: z.string().optional(),
  INVERSO_CLIENT_CERTIFICATE_PATH: z.string().optional(),
  INVERSO_GRAPH_CLIENT_ID: guid,
  INVERSO_GRAPH_CLIENT_CERTIFICATE_PATH: z.string(),
  INVERSO_MANIFEST_ID: guid.optional(),
  INVERSO_PROGRAM_MAILBOX: z.email('must be a mail address'),
  INVERSO_ADMINISTRATORS: guidList.optional(),
  INVERSO_GRAPH_URL: httpUrl.optional(),
  INVERSO_LOGIN_URL: httpUrl.optional(),
  INVERSO_BOT_LOGIN_URL: httpUrl.optional(),
  INVERSO_BOT_OPENID_URL: httpUrl.optional(),
  INVERSO_CONNECTOR_URL: httpUrl.optional(),
  INVERSO_ROLE: oneOf(['all', 'web', 'worker']).optional(),
  LOG_LEVEL: oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).optional(),
};
const environment = z.object(fields);
const localEnvironment = environment.pick({ PORT: true, INVERSO_DATA_DIR: true, DATABASE_URL: true, LOG_LEVEL: true });

/** How an app proves who it is: a secret, or a certificate with its key. */
export type Credential = { secret: string } | { certificatePem: string; privateKeyPem: string };

/** Everything the server needs to know about where it runs. */
export interface Config {
  port: number;
  publicUrl: string;
  dataDir: string;
  /** Files that take the place of our guides, training and agreement; null: ours alone. */
  contentDir: string | null;
  databaseUrl: string | null;
  tenantIds: string[];
  clientId: string;
  clientCredential: Credential;
  graphClientId: string;
  graphCredential: Credential;
  manifestId: string;
  programMailbox: string;
  administrators: string[];
  graphUrl: string;
  loginUrl: string;
  botLoginUrl: string;
  botOpenIdUrl: string;
  connectorUrl: string;
  role: 'all' | 'web' | 'worker';
  logLevel: string;
}

export interface ConfigFault {
  path: string;
  reason: string;
}

/** Faults of the environment, all at once. */
export class ConfigError extends Error {
  readonly faults: ConfigFault[];

  constructor(faults: ConfigFault[]) {
    super(`The settings are not complete:\n${faults.map((fault) => `  ${fault.path}: ${fault.reason}`).join('\n')}`);
    this.name = 'ConfigError';
    this.faults = faults;
  }
}

export const DEFAULT_PORT = 3978;
export const DEFAULT_DATA_DIR = '.inverso';
/** Microsoft's public endpoints; every one can be pointed elsewhere. */
export const MICROSOFT = {
  graph: 'https://graph.microsoft.com',
  login: 'https://login.microsoftonline.com',
  botOpenId: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
  connector: 'https://smba.trafficmanager.net/teams',
} as const;

/** The manifest id under which the app is published; a package built for another id names it in INVERSO_MANIFEST_ID. */
export const DEFAULT_MANIFEST_ID = '5c3f2d0a-7b1e-4f64-9a0d-2f6f0f7a9c11';

/** One environment variable, as the README's table shows it. `default` null: it must be set (or its twin, where it says so). */
export interface Setting {
  name: keyof typeof fields;
  meaning: string;
  default: string | null;
}

/** Every environment variable of the product. */
export const SETTINGS: readonly Setting[] = [
  { name: 'PORT', meaning: 'port that the server listens on; 0 takes a free one', default: String(DEFAULT_PORT) },
  {
    name: 'INVERSO_PUBLIC_URL',
    meaning: 'https address under which Microsoft 365 and browsers reach the server',
    default: null,
  },
  { name: 'INVERSO_DATA_DIR', meaning: 'folder of embedded database and sandbox', default: DEFAULT_DATA_DIR },
  { name: 'INVERSO_CONTENT_DIR', meaning: 'folder of files that replace our guides and training', default: 'none' },
  { name: 'DATABASE_URL', meaning: 'postgres:// address; unset, the embedded database', default: 'embedded' },
  { name: 'INVERSO_TENANT_IDS', meaning: 'Entra tenants served, separated by commas', default: null },
  { name: 'INVERSO_CLIENT_ID', meaning: 'app 1: sign-in, bot, installing itself, catalog', default: null },
  {
    name: 'INVERSO_CLIENT_SECRET',
    meaning: 'secret of app 1, or INVERSO_CLIENT_CERTIFICATE_PATH (preferred)',
    default: null,
  },
  {
    name: 'INVERSO_CLIENT_CERTIFICATE_PATH',
    meaning: 'PEM file with the certificate and private key of app 1',
    default: null,
  },
  {
    name: 'INVERSO_GRAPH_CLIENT_ID',
    meaning: 'app 2: the daemon that reads the directory and the calendars',
    default: null,
  },
  {
    name: 'INVERSO_GRAPH_CLIENT_CERTIFICATE_PATH',
    meaning: 'PEM file with the certificate and private key of app 2',
    default: null,
  },
  {
    name: 'INVERSO_MANIFEST_ID',
    meaning: 'id in the app package, when it is built for another one',
    default: DEFAULT_MANIFEST_ID,
  },
  {
    name: 'INVERSO_PROGRAM_MAILBOX',
    meaning: 'mail address of the licensed user that organizes all sessions',
    default: null,
  },
  {
    name: 'INVERSO_ADMINISTRATORS',
    meaning: 'object ids of the first administrators, separated by commas',
    default: 'nobody',
  },
  { name: 'INVERSO_GRAPH_URL', meaning: 'stands for Microsoft Graph', default: MICROSOFT.graph },
  { name: 'INVERSO_LOGIN_URL', meaning: 'stands for the sign-in service', default: MICROSOFT.login },
  { name: 'INVERSO_BOT_LOGIN_URL', meaning: 'where the bot gets its tokens', default: 'INVERSO_LOGIN_URL' },
  {
    name: 'INVERSO_BOT_OPENID_URL',
    meaning: 'metadata of the keys that sign what Teams sends to the bot',
    default: MICROSOFT.botOpenId,
  },
  {
    name: 'INVERSO_CONNECTOR_URL',
    meaning: 'Bot Connector; its origin is an allowed service address',
    default: MICROSOFT.connector,
  },
  {
    name: 'INVERSO_ROLE',
    meaning: 'all, web (requests alone) or worker (and timed work); the last two need DATABASE_URL',
    default: 'all',
  },
  {
    name: 'LOG_LEVEL',
    meaning: 'fatal, error, warn, info, debug, trace or silent',
    default: 'info (serve), warn (else)',
  },
];

/** Settings that are given: an empty one counts as unset, as shells and containers leave them. */
const given = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.keys(fields).flatMap((name) => (env[name]?.trim() ? [[name, env[name].trim()] as const] : [])),
  );

const faultsOf = (error: z.ZodError, env: NodeJS.ProcessEnv): ConfigFault[] =>
  error.issues.map((issue) => {
    const name = String(issue.path[0]);
    return { path: name, reason: env[name] === undefined ? 'is not set' : issue.message };
  });

/**
 * Reads the environment of `serve`. Throws ConfigError that names every setting that is missing or wrong, also
 * certificate files that cannot be used.
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const set = given(env);
  const parsed = environment.safeParse(set);
  const faults: ConfigFault[] = parsed.success ? [] : faultsOf(parsed.error, set);
  // Read from what is set and not from what was parsed, so that one fault does not hide another.
  const certificate = (name: keyof typeof fields): Credential | null => {
    const path = set[name];
    if (path === undefined) return null;
    try {
      return readPem(path);
    } catch (error) {
      faults.push({ path: name, reason: (error as Error).message });
      return null;
    }
  };
  const graphCredential = certificate('INVERSO_GRAPH_CLIENT_CERTIFICATE_PATH');
  const secret = set['INVERSO_CLIENT_SECRET'];
  const clientCredential = certificate('INVERSO_CLIENT_CERTIFICATE_PATH') ?? (secret === undefined ? null : { secret });
  if (clientCredential === null && set['INVERSO_CLIENT_CERTIFICATE_PATH'] === undefined) {
    faults.push({ path: 'INVERSO_CLIENT_SECRET', reason: 'is not set, nor is INVERSO_CLIENT_CERTIFICATE_PATH' });
  }
  if (/^(web|worker)$/.test(set['INVERSO_ROLE'] ?? '') && set['DATABASE_URL'] === undefined) {
    faults.push({ path: 'INVERSO_ROLE', reason: 'web and worker share a database: set DATABASE_URL' });
  }
  const value = parsed.data;
  if (faults.length > 0 || !value || graphCredential === null || clientCredential === null)
    throw new ConfigError(faults);
  const loginUrl = trim(value.INVERSO_LOGIN_URL ?? MICROSOFT.login);
  return {
    port: value.PORT ?? DEFAULT_PORT,
    publicUrl: trim(value.INVERSO_PUBLIC_URL),
    dataDir: value.INVERSO_DATA_DIR ?? DEFAULT_DATA_DIR,
    contentDir: value.INVERSO_CONTENT_DIR ?? null,
    databaseUrl: value.DATABASE_URL ?? null,
    tenantIds: [...new Set(value.INVERSO_TENANT_IDS)],
    clientId: value.INVERSO_CLIENT_ID,
    clientCredential,
    graphClientId: value.INVERSO_GRAPH_CLIENT_ID,
    graphCredential,
    manifestId: value.INVERSO_MANIFEST_ID ?? DEFAULT_MANIFEST_ID,
    programMailbox: value.INVERSO_PROGRAM_MAILBOX,
    administrators: [...new Set(value.INVERSO_ADMINISTRATORS)],
    graphUrl: trim(value.INVERSO_GRAPH_URL ?? MICROSOFT.graph),
    loginUrl,
    botLoginUrl: trim(value.INVERSO_BOT_LOGIN_URL ?? loginUrl),
    botOpenIdUrl: value.INVERSO_BOT_OPENID_URL ?? MICROSOFT.botOpenId,
    connectorUrl: trim(value.INVERSO_CONNECTOR_URL ?? MICROSOFT.connector),
    role: value.INVERSO_ROLE ?? 'all',
    logLevel: value.LOG_LEVEL ?? 'info',
  };
}

/** The few settings of the sandbox and the simulation, which need nothing configured. */
export interface LocalSettings {
  port: number;
  dataDir: string;
  databaseUrl: string | null;
  logLevel: string;
}

/** Reads the settings that `sandbox`, `simulate` and `migrate` look at. Throws ConfigError like `readConfig`. */
export function readLocalSettings(env: NodeJS.ProcessEnv = process.env): LocalSettings {
  const set = given(env);
  const parsed = localEnvironment.safeParse(set);
  if (!parsed.success) throw new ConfigError(faultsOf(parsed.error, set));
  return {
    port: parsed.data.PORT ?? DEFAULT_PORT,
    dataDir: parsed.data.INVERSO_DATA_DIR ?? DEFAULT_DATA_DIR,
    databaseUrl: parsed.data.DATABASE_URL ?? null,
    logLevel: parsed.data.LOG_LEVEL ?? 'warn',
  };
}

const trim = (url: string): string => url.replace(/\/+$/, '');

/** One PEM file with a certificate and its RSA key, as Entra takes it. Throws an Error that says what is wrong with it. */
function readPem(path: string): { certificatePem: string; privateKeyPem: string } {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new Error(`cannot be read: ${(error as Error).message}`, { cause: error });
  }
  const certificatePem = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/.exec(text)?.[0];
  const privateKeyPem = /-----BEGIN (?:RSA )?PRIVATE KEY-----[\s\S]+?-----END (?:RSA )?PRIVATE KEY-----/.exec(
    text,
  )?.[0];
  if (!certificatePem || !privateKeyPem) throw new Error('the file must hold a certificate and its private key as PEM');
  let fits: boolean;
  try {
    const key = createPrivateKey(privateKeyPem);
    fits = key.asymmetricKeyType === 'rsa' && new X509Certificate(certificatePem).checkPrivateKey(key);
  } catch (error) {
    throw new Error('the certificate or its private key cannot be understood', { cause: error });
  }
  if (!fits) throw new Error('the private key must be RSA and belong to the certificate');
  return { certificatePem, privateKeyPem };
}
