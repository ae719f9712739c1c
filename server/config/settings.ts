import { DEFAULT_DATA_DIR, DEFAULT_MANIFEST_ID, DEFAULT_PORT, MICROSOFT, type SettingName } from '../config.ts';

/** One environment variable, as the README's table shows it. `default` null: it must be set (or its twin, where it says so). */
export interface Setting {
  name: SettingName;
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
  {
    name: 'INVERSO_DATA_DIR',
    meaning: 'folder of the embedded database and of the sandbox',
    default: DEFAULT_DATA_DIR,
  },
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
  {
    name: 'INVERSO_OUTSIDE_MAILBOX',
    meaning: 'address of a mailbox that the apps must not reach; `check` proves that it is refused',
    default: 'found by trying',
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
