import * as z from 'zod';
import { readPem } from './config/read-pem.ts';

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
  INVERSO_OUTSIDE_MAILBOX: z.email('must be a mail address').optional(),
  INVERSO_GRAPH_URL: httpUrl.optional(),
  INVERSO_LOGIN_URL: httpUrl.optional(),
  INVERSO_BOT_LOGIN_URL: httpUrl.optional(),
  INVERSO_BOT_OPENID_URL: httpUrl.optional(),
  INVERSO_CONNECTOR_URL: httpUrl.optional(),
  INVERSO_ROLE: oneOf(['all', 'web', 'worker']).optional(),
  LOG_LEVEL: oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).optional(),
};
/** Names of all environment variables that the product reads. */
export type SettingName = keyof typeof fields;
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
  /** A mailbox outside the scope, whose refusal `check` proves; null: found by trying. */
  outsideMailbox: string | null;
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
  const certificate = (name: SettingName): Credential | null => {
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
    outsideMailbox: value.INVERSO_OUTSIDE_MAILBOX ?? null,
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

/** What the administrator's script names: the tenant, the apps and the program mailbox. No secret is among them. */
export type ScriptSettings = Pick<
  Config,
  'publicUrl' | 'clientId' | 'graphClientId' | 'manifestId' | 'programMailbox'
> & { tenantId: string };

/** Reads the settings of `admin-script`, before there is any certificate. Throws ConfigError like `readConfig`. */
export function readScriptSettings(env: NodeJS.ProcessEnv = process.env): ScriptSettings {
  const set = given(env);
  const parsed = environment
    .pick({
      INVERSO_PUBLIC_URL: true,
      INVERSO_TENANT_IDS: true,
      INVERSO_CLIENT_ID: true,
      INVERSO_GRAPH_CLIENT_ID: true,
      INVERSO_MANIFEST_ID: true,
      INVERSO_PROGRAM_MAILBOX: true,
    })
    .safeParse(set);
  if (!parsed.success) throw new ConfigError(faultsOf(parsed.error, set));
  const value = parsed.data;
  if (value.INVERSO_TENANT_IDS.length > 1)
    throw new ConfigError([{ path: 'INVERSO_TENANT_IDS', reason: 'names several tenants; a script is for one' }]);
  return {
    publicUrl: trim(value.INVERSO_PUBLIC_URL),
    tenantId: value.INVERSO_TENANT_IDS[0]!,
    clientId: value.INVERSO_CLIENT_ID,
    graphClientId: value.INVERSO_GRAPH_CLIENT_ID,
    manifestId: value.INVERSO_MANIFEST_ID ?? DEFAULT_MANIFEST_ID,
    programMailbox: value.INVERSO_PROGRAM_MAILBOX,
  };
}

const trim = (url: string): string => url.replace(/\/+$/, '');
