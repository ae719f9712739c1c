import { readFileSync } from 'node:fs';
import * as z from 'zod';

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const guid = z.string().toLowerCase().regex(GUID, 'must be a GUID');
const httpsUrl = z.url({ protocol: /^https$/, error: 'must be an https URL' });
const httpUrl = z.url({ protocol: /^https?$/, error: 'must be an http or https URL' });
const optional = <T extends z.ZodType>(schema: T) => z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

const environment = z
  .object({
    PORT: optional(z.coerce.number().int().min(0).max(65_535)),
    INVERSO_PUBLIC_URL: httpsUrl,
    INVERSO_DATA_DIR: optional(z.string()),
    DATABASE_URL: optional(z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// URL' })),
    INVERSO_TENANT_IDS: z
      .string()
      .transform((text) => text.split(',').map((part) => part.trim().toLowerCase()))
      .pipe(z.array(guid).min(1)),
    INVERSO_CLIENT_ID: guid,
    INVERSO_CLIENT_SECRET: optional(z.string().min(1)),
    INVERSO_CLIENT_CERTIFICATE_PATH: optional(z.string()),
    INVERSO_GRAPH_CLIENT_ID: guid,
    INVERSO_GRAPH_CLIENT_CERTIFICATE_PATH: z.string(),
    INVERSO_MANIFEST_ID: optional(guid),
    INVERSO_PROGRAM_MAILBOX: z.email(),
    INVERSO_ADMINISTRATORS: optional(
      z
        .string()
        .transform((text) => text.split(',').map((part) => part.trim().toLowerCase()))
        .pipe(z.array(guid)),
    ),
    INVERSO_GRAPH_URL: optional(httpUrl),
    INVERSO_LOGIN_URL: optional(httpUrl),
    INVERSO_BOT_LOGIN_URL: optional(httpUrl),
    INVERSO_BOT_OPENID_URL: optional(httpUrl),
    INVERSO_CONNECTOR_URL: optional(httpUrl),
    INVERSO_ROLE: optional(z.enum(['all', 'web', 'worker'])),
    LOG_LEVEL: optional(z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])),
  })
  .refine((env) => env.INVERSO_CLIENT_SECRET !== undefined || env.INVERSO_CLIENT_CERTIFICATE_PATH !== undefined, {
    path: ['INVERSO_CLIENT_SECRET'],
    message: 'set INVERSO_CLIENT_SECRET or INVERSO_CLIENT_CERTIFICATE_PATH',
  });

/** How an app proves who it is: a secret, or a certificate with its key. */
export type Credential = { secret: string } | { certificatePem: string; privateKeyPem: string };

/** Everything the server needs to know about where it runs. */
export interface Config {
  port: number;
  publicUrl: string;
  dataDir: string;
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

/**
 * Reads the environment of `serve`. Throws ConfigError that names every setting that is missing or wrong, also
 * certificate files that cannot be read.
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const parsed = environment.safeParse(env);
  const faults: ConfigFault[] = parsed.success
    ? []
    : parsed.error.issues.map((issue) => ({
        path: issue.path.join('.'),
        reason: issue.code === 'invalid_type' && !(String(issue.path[0]) in env) ? 'is not set' : issue.message,
      }));
  const certificate = (name: string, path: string | undefined): Credential | null => {
    if (path === undefined) return null;
    try {
      return splitPem(readFileSync(path, 'utf8'));
    } catch (error) {
      faults.push({ path: name, reason: (error as Error).message });
      return null;
    }
  };
  const value = parsed.data;
  const graphCredential = certificate('INVERSO_GRAPH_CLIENT_CERTIFICATE_PATH', value?.INVERSO_GRAPH_CLIENT_CERTIFICATE_PATH);
  const clientCredential =
    value?.INVERSO_CLIENT_SECRET === undefined
      ? certificate('INVERSO_CLIENT_CERTIFICATE_PATH', value?.INVERSO_CLIENT_CERTIFICATE_PATH)
      : { secret: value.INVERSO_CLIENT_SECRET };
  if (!value || graphCredential === null || clientCredential === null) throw new ConfigError(faults);
  const loginUrl = trim(value.INVERSO_LOGIN_URL ?? MICROSOFT.login);
  return {
    port: value.PORT ?? DEFAULT_PORT,
    publicUrl: trim(value.INVERSO_PUBLIC_URL),
    dataDir: value.INVERSO_DATA_DIR ?? DEFAULT_DATA_DIR,
    databaseUrl: value.DATABASE_URL ?? null,
    tenantIds: value.INVERSO_TENANT_IDS,
    clientId: value.INVERSO_CLIENT_ID,
    clientCredential,
    graphClientId: value.INVERSO_GRAPH_CLIENT_ID,
    graphCredential,
    manifestId: value.INVERSO_MANIFEST_ID ?? DEFAULT_MANIFEST_ID,
    programMailbox: value.INVERSO_PROGRAM_MAILBOX,
    administrators: value.INVERSO_ADMINISTRATORS ?? [],
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

/** Reads the settings that `sandbox` and `simulate` look at. Throws ConfigError like `readConfig`. */
export function readLocalSettings(env: NodeJS.ProcessEnv = process.env): LocalSettings {
  const parsed = environment.pick({ PORT: true, INVERSO_DATA_DIR: true, DATABASE_URL: true, LOG_LEVEL: true }).safeParse(env);
  if (!parsed.success) throw new ConfigError(parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), reason: issue.message })));
  return {
    port: parsed.data.PORT ?? DEFAULT_PORT,
    dataDir: parsed.data.INVERSO_DATA_DIR ?? DEFAULT_DATA_DIR,
    databaseUrl: parsed.data.DATABASE_URL ?? null,
    logLevel: parsed.data.LOG_LEVEL ?? 'warn',
  };
}

const trim = (url: string): string => url.replace(/\/+$/, '');

/** One PEM file with a certificate and its private key. Throws an Error that says what is missing. */
function splitPem(text: string): Credential {
  const certificatePem = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/.exec(text)?.[0];
  const privateKeyPem = /-----BEGIN (?:RSA )?PRIVATE KEY-----[\s\S]+?-----END (?:RSA )?PRIVATE KEY-----/.exec(text)?.[0];
  if (!certificatePem || !privateKeyPem) throw new Error('the file must hold a certificate and its private key as PEM');
  return { certificatePem, privateKeyPem };
}
