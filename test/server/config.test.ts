import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  ConfigError,
  DEFAULT_MANIFEST_ID,
  MICROSOFT,
  readConfig,
  readLocalSettings,
  readScriptSettings,
  type ConfigFault,
} from '../../server/config.ts';
import { SETTINGS } from '../../server/config/settings.ts';
import { createCertificate } from '../../server/sandbox/entra/certificate.ts';

const folder = mkdtempSync(join(tmpdir(), 'inverso-config-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const NOW = Date.parse('2026-09-28T06:00:00Z');
const makePem = (name: string) => {
  const { certificatePem, privateKeyPem } = createCertificate(name, NOW, NOW + 86_400_000);
  return { certificatePem, privateKeyPem };
};
const own = makePem('own');
const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const certificate = file('own.pem', `${own.certificatePem}\n${own.privateKeyPem}\n`);

const TENANT = '11111111-1111-4111-8111-111111111111';
const COMPLETE: NodeJS.ProcessEnv = {
  INVERSO_PUBLIC_URL: 'https://inverso.contoso.example/',
  INVERSO_TENANT_IDS: TENANT,
  INVERSO_CLIENT_ID: '22222222-2222-4222-8222-222222222222',
  INVERSO_CLIENT_SECRET: 'hush',
  INVERSO_GRAPH_CLIENT_ID: '33333333-3333-4333-8333-333333333333',
  INVERSO_GRAPH_CLIENT_CERTIFICATE_PATH: certificate,
  INVERSO_PROGRAM_MAILBOX: 'inverso@contoso.example',
};

function faultsOf(read: () => unknown): ConfigFault[] {
  try {
    read();
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}

describe('readConfig', () => {
  it('fills in what is not set', () => {
    expect(readConfig(COMPLETE)).toEqual({
      port: 3978,
      publicUrl: 'https://inverso.contoso.example',
      dataDir: '.inverso',
      contentDir: null,
      databaseUrl: null,
      tenantIds: [TENANT],
      clientId: COMPLETE['INVERSO_CLIENT_ID'],
      clientCredential: { secret: 'hush' },
      graphClientId: COMPLETE['INVERSO_GRAPH_CLIENT_ID'],
      graphCredential: { certificatePem: own.certificatePem.trim(), privateKeyPem: own.privateKeyPem.trim() },
      manifestId: DEFAULT_MANIFEST_ID,
      programMailbox: 'inverso@contoso.example',
      administrators: [],
      outsideMailbox: null,
      graphUrl: MICROSOFT.graph,
      loginUrl: MICROSOFT.login,
      botLoginUrl: MICROSOFT.login,
      botOpenIdUrl: MICROSOFT.botOpenId,
      connectorUrl: MICROSOFT.connector,
      role: 'all',
      logLevel: 'info',
    });
  });

  it('names every setting that is missing, and nothing else', () => {
    expect(faultsOf(() => readConfig({}))).toEqual(
      [
        'INVERSO_PUBLIC_URL',
        'INVERSO_TENANT_IDS',
        'INVERSO_CLIENT_ID',
        'INVERSO_GRAPH_CLIENT_ID',
        'INVERSO_GRAPH_CLIENT_CERTIFICATE_PATH',
        'INVERSO_PROGRAM_MAILBOX',
      ]
        .map((path) => ({ path, reason: 'is not set' }))
        .concat({ path: 'INVERSO_CLIENT_SECRET', reason: 'is not set, nor is INVERSO_CLIENT_CERTIFICATE_PATH' }),
    );
  });

  it('takes empty and blank settings as unset', () => {
    const blank = Object.fromEntries(SETTINGS.map(({ name }) => [name, name === 'PORT' ? ' ' : '']));
    expect(faultsOf(() => readConfig(blank))).toEqual(faultsOf(() => readConfig({})));
    expect(readConfig({ ...COMPLETE, PORT: '', DATABASE_URL: ' ', INVERSO_ROLE: '' })).toEqual(readConfig(COMPLETE));
  });

  it('names all faults at once, each with its reason', () => {
    const faults = faultsOf(() =>
      readConfig({
        PORT: '70000',
        INVERSO_PUBLIC_URL: 'http://inverso.contoso.example',
        DATABASE_URL: 'mysql://x/y',
        INVERSO_TENANT_IDS: `${TENANT}, contoso`,
        INVERSO_CLIENT_ID: 'me',
        INVERSO_CLIENT_CERTIFICATE_PATH: join(folder, 'none.pem'),
        INVERSO_GRAPH_CLIENT_CERTIFICATE_PATH: file('half.pem', own.certificatePem),
        INVERSO_PROGRAM_MAILBOX: 'inverso',
        INVERSO_GRAPH_URL: 'ftp://graph',
        INVERSO_ROLE: 'boss',
        LOG_LEVEL: 'loud',
      }),
    );
    expect(Object.fromEntries(faults.map(({ path, reason }) => [path, reason]))).toEqual({
      PORT: 'must be a whole number from 0 to 65535',
      INVERSO_PUBLIC_URL: 'must be an https URL',
      DATABASE_URL: 'must be a postgres:// URL',
      INVERSO_TENANT_IDS: 'must be a GUID',
      INVERSO_CLIENT_ID: 'must be a GUID',
      INVERSO_CLIENT_CERTIFICATE_PATH: expect.stringMatching(/^cannot be read: ENOENT/) as string,
      INVERSO_GRAPH_CLIENT_ID: 'is not set',
      INVERSO_GRAPH_CLIENT_CERTIFICATE_PATH: 'the file must hold a certificate and its private key as PEM',
      INVERSO_PROGRAM_MAILBOX: 'must be a mail address',
      INVERSO_GRAPH_URL: 'must be an http or https URL',
      INVERSO_ROLE: 'must be one of all, web, worker',
      LOG_LEVEL: 'must be one of fatal, error, warn, info, debug, trace, silent',
    });
  });

  it('reads lists, and prefers a certificate to a secret', () => {
    const config = readConfig({
      ...COMPLETE,
      INVERSO_TENANT_IDS: ` ${TENANT.toUpperCase()} ,${TENANT},44444444-4444-4444-8444-444444444444,`,
      INVERSO_CLIENT_CERTIFICATE_PATH: certificate,
      INVERSO_ADMINISTRATORS: '55555555-5555-4555-8555-555555555555',
      INVERSO_LOGIN_URL: 'http://127.0.0.1:4100/',
    });
    expect(config.tenantIds).toEqual([TENANT, '44444444-4444-4444-8444-444444444444']);
    expect(config.clientCredential).not.toHaveProperty('secret');
    expect(config.administrators).toHaveLength(1);
    expect(config.botLoginUrl).toBe('http://127.0.0.1:4100');
  });

  it('refuses a key that is not the certificate’s, and text that is no PEM', () => {
    const other = makePem('other');
    const reason = (text: string): string | undefined =>
      faultsOf(() => readConfig({ ...COMPLETE, INVERSO_GRAPH_CLIENT_CERTIFICATE_PATH: file('bad.pem', text) }))[0]
        ?.reason;
    expect(reason(own.certificatePem + other.privateKeyPem)).toBe(
      'the private key must be RSA and belong to the certificate',
    );
    expect(
      reason(
        own.certificatePem.replace(/\n[A-Za-z]/, '\n!') +
          own.privateKeyPem.slice(0, 60) +
          '\n-----END PRIVATE KEY-----',
      ),
    ).toBe('the certificate or its private key cannot be understood');
  });

  it('lets roles be shared out only on a database that can be shared', () => {
    expect(faultsOf(() => readConfig({ ...COMPLETE, INVERSO_ROLE: 'web' }))).toEqual([
      { path: 'INVERSO_ROLE', reason: 'web and worker share a database: set DATABASE_URL' },
    ]);
    expect(readConfig({ ...COMPLETE, INVERSO_ROLE: 'web', DATABASE_URL: 'postgres://u:p@db/inverso' }).role).toBe(
      'web',
    );
  });
});

describe('readLocalSettings', () => {
  it('needs nothing, and looks only at what is its own', () => {
    const nothing = { port: 3978, dataDir: '.inverso', databaseUrl: null, logLevel: 'warn' };
    expect(readLocalSettings({})).toEqual(nothing);
    expect(readLocalSettings({ PORT: '', INVERSO_DATA_DIR: '', INVERSO_PUBLIC_URL: 'nonsense' })).toEqual(nothing);
    expect(readLocalSettings({ PORT: '0', INVERSO_DATA_DIR: '/data' })).toMatchObject({ port: 0, dataDir: '/data' });
  });

  it('names all faults at once', () => {
    expect(faultsOf(() => readLocalSettings({ PORT: '-1', LOG_LEVEL: 'x' })).map(({ path }) => path)).toEqual([
      'PORT',
      'LOG_LEVEL',
    ]);
  });
});

describe('readScriptSettings', () => {
  it('needs neither a secret nor a certificate', () => {
    const { INVERSO_CLIENT_SECRET: _s, INVERSO_GRAPH_CLIENT_CERTIFICATE_PATH: _c, ...rest } = COMPLETE;
    expect(readScriptSettings(rest)).toEqual({
      publicUrl: 'https://inverso.contoso.example',
      tenantId: TENANT,
      clientId: COMPLETE['INVERSO_CLIENT_ID'],
      graphClientId: COMPLETE['INVERSO_GRAPH_CLIENT_ID'],
      manifestId: DEFAULT_MANIFEST_ID,
      programMailbox: 'inverso@contoso.example',
    });
  });

  it('is for one tenant, and names what is missing', () => {
    const two = `${TENANT},${COMPLETE['INVERSO_CLIENT_ID']}`;
    expect(() => readScriptSettings({ ...COMPLETE, INVERSO_TENANT_IDS: two })).toThrow('a script is for one');
    expect(() => readScriptSettings({})).toThrow('INVERSO_PROGRAM_MAILBOX: is not set');
  });
});

describe('SETTINGS', () => {
  it('explains each variable that the configuration reads', () => {
    const source = readFileSync(new URL('../../server/config.ts', import.meta.url), 'utf8');
    const block = /const fields = \{([\s\S]*?)\n\};/.exec(source)![1]!;
    const read = [...block.matchAll(/^ {2}([A-Z_]+):/gm)].map((match) => match[1]);
    expect(read.length).toBeGreaterThan(15);
    expect(SETTINGS.map(({ name }) => name).sort()).toEqual(read.sort());
  });
});
