import { programExportReply, type ProgramExportReply } from '../../server/contract/administrator.ts';
import type { ApiClient } from './client.ts';

/** The whole program, to be kept elsewhere. */
export function readProgramExport(client: ApiClient): Promise<ProgramExportReply> {
  return client.send({ method: 'GET', path: '/api/admin/export', reply: programExportReply });
}
