import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config, Credential } from '../../config.ts';

const isCertificate = (credential: Credential): credential is Exclude<Credential, { secret: string }> =>
  !('secret' in credential);

/**
 * Writes the settings of a server in this sandbox into its folder, so that another command can be pointed at it:
 * `node --env-file=.inverso/sandbox/settings.env server/inverso.mjs check`. Returns the file's path.
 */
export function writeSettings(dataFolder: string, config: Config): string {
  const folder = join(dataFolder, 'sandbox');
  const certificate = join(folder, 'calendars.pem');
  const { graphCredential, clientCredential } = config;
  if (!isCertificate(graphCredential) || isCertificate(clientCredential)) {
    throw new Error('the sandbox gives a secret to app 1 and a certificate to app 2');
  }
  const settings: Record<string, string> = {
    INVERSO_PUBLIC_URL: config.publicUrl,
    INVERSO_DATA_DIR: dataFolder,
    INVERSO_TENANT_IDS: config.tenantIds.join(','),
    INVERSO_CLIENT_ID: config.clientId,
    INVERSO_CLIENT_SECRET: clientCredential.secret,
    INVERSO_GRAPH_CLIENT_ID: config.graphClientId,
    INVERSO_GRAPH_CLIENT_CERTIFICATE_PATH: certificate,
    INVERSO_MANIFEST_ID: config.manifestId,
    INVERSO_PROGRAM_MAILBOX: config.programMailbox,
    INVERSO_ADMINISTRATORS: config.administrators.join(','),
    INVERSO_GRAPH_URL: config.graphUrl,
    INVERSO_LOGIN_URL: config.loginUrl,
    INVERSO_BOT_LOGIN_URL: config.botLoginUrl,
    INVERSO_BOT_OPENID_URL: config.botOpenIdUrl,
    INVERSO_CONNECTOR_URL: config.connectorUrl,
  };
  const mode = { mode: 0o600 };
  writeFileSync(certificate, `${graphCredential.certificatePem}\n${graphCredential.privateKeyPem}\n`, mode);
  const file = join(folder, 'settings.env');
  writeFileSync(
    file,
    Object.entries(settings)
      .map(([name, value]) => `${name}="${value}"\n`)
      .join(''),
    mode,
  );
  return file;
}
