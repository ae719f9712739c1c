import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sandbox } from '../../server/sandbox/sandbox.ts';

/** Settings with which the command `serve` runs against a sandbox, on a free port; the certificate is put into `folder`. */
export function serveEnvironment(sandbox: Sandbox, folder: string, dataDir: string): Record<string, string> {
  const { main, graph } = sandbox.apps;
  const pem = join(folder, 'graph.pem');
  writeFileSync(pem, graph.certificate.certificatePem + graph.certificate.privateKeyPem);
  return {
    PORT: '0',
    INVERSO_DATA_DIR: dataDir,
    INVERSO_PUBLIC_URL: 'https://inverso.contoso.example',
    INVERSO_TENANT_IDS: sandbox.tenantId,
    INVERSO_CLIENT_ID: main.clientId,
    INVERSO_CLIENT_SECRET: main.secret!,
    INVERSO_GRAPH_CLIENT_ID: graph.clientId,
    INVERSO_GRAPH_CLIENT_CERTIFICATE_PATH: pem,
    INVERSO_PROGRAM_MAILBOX: sandbox.programMailbox,
    INVERSO_GRAPH_URL: sandbox.origin,
    INVERSO_LOGIN_URL: sandbox.origin,
    INVERSO_CONNECTOR_URL: `${sandbox.origin}/connector`,
  };
}
