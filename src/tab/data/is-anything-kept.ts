import type { OwnDataReply } from '../../../server/contract/own-data.ts';

/** Whether anything is kept about the reader, besides that they once asked to be erased. */
export function isAnythingKept({ exportedAt: _at, erasure: _erasure, ...data }: OwnDataReply): boolean {
  return Object.values(data).some((value) => (Array.isArray(value) ? value.length > 0 : value !== null));
}
