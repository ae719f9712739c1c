import type { OverviewReply } from '../../contract/administrator.ts';
import type { Locale } from '../../contract/vocabulary.ts';
import type { RunLogKind } from '../../db/run-log.ts';
import type { TenantTransaction } from '../../db/schema.ts';
import { toIso } from '../../domain/time/instant.ts';

/** Sentences of the log; main wires them to the locales. */
export interface RunLogTexts {
  runLog(kind: RunLogKind, detail: Record<string, string | number>, locale: Locale): string;
}

/** Not shown: beside the pairs they would tell when one person did something (product.md, Who sees what). */
const PERSONAL_KINDS: readonly RunLogKind[] = [
  'joined',
  'proposalAnswered',
  'feedbackAsked',
  'feedbackReceived',
  'sessionChanged',
];

/** What happened, newest first, in the reader's language, without what one person did; at most `most` entries. */
export async function describeRunLog(
  tx: TenantTransaction,
  texts: RunLogTexts,
  options: { locale: Locale; most?: number },
): Promise<OverviewReply['runLog']> {
  return (await listLogEntries(tx, texts, options)).map(({ at, text }) => ({ at, text }));
}

/** The same with the kind of each entry. */
export async function listLogEntries(
  tx: TenantTransaction,
  texts: RunLogTexts,
  { locale, most }: { locale: Locale; most?: number },
): Promise<{ at: string; kind: RunLogKind; text: string }[]> {
  const query = tx
    .selectFrom('runLog')
    .select(['at', 'kind', 'detail'])
    .where('kind', 'not in', [...PERSONAL_KINDS])
    .orderBy('at', 'desc')
    .orderBy('entryId');
  const entries = await (most === undefined ? query : query.limit(most)).execute();
  return entries.map((entry) => {
    const kind = entry.kind as RunLogKind;
    return { at: toIso(entry.at), kind, text: texts.runLog(kind, entry.detail, locale) };
  });
}
