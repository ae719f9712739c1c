import { agreementReply, type AgreementReply } from '../../server/contract/training.ts';
import type { ApiClient } from './client.ts';

/** What the caller agreed to in a pair, or is asked to. */
export function readAgreement(client: ApiClient, pairId: string, signal?: AbortSignal): Promise<AgreementReply> {
  return client.send({
    method: 'GET',
    path: `/api/pairs/${encodeURIComponent(pairId)}/agreement`,
    reply: agreementReply,
    signal,
  });
}
