import * as z from 'zod/mini';
import { guid, isoInstant, workAddress } from './vocabulary.ts';

/** Somebody whom an executive has named to answer for them. */
export const assistantView = z.object({ personId: guid, displayName: z.string(), mail: z.nullable(z.string()) });
export type AssistantView = z.infer<typeof assistantView>;

/** What an assistant sees of an executive's pair: times, the partner's name, the purpose and the executive's yes. */
export const assistedPairView = z.object({
  pairId: guid,
  executiveName: z.string(),
  partnerName: z.string(),
  programName: z.string(),
  /** The executive's. */
  timeZone: z.string(),
  /** Sessions that are still to come. */
  sessions: z.array(z.object({ sessionId: guid, start: isoInstant, end: isoInstant })),
});
export type AssistedPairView = z.infer<typeof assistedPairView>;

/** Whom an executive names. */
export const assistantBody = z.strictObject({ address: workAddress });
