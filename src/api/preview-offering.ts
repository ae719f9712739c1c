import { offeringReply, type OfferingReply } from '../../server/contract/running.ts';
import type { ApiClient } from './client.ts';

/** Calendars of many people are read for it. */
const READING_MS = 120_000;

/** How many pairs without a time would find one; nothing is written. */
export function previewOffering(client: ApiClient, cohortId: string): Promise<OfferingReply> {
  const path = `/api/admin/cohorts/${encodeURIComponent(cohortId)}/offering-preview`;
  return client.send({ method: 'POST', path, body: {}, reply: offeringReply, timeoutMs: READING_MS });
}
