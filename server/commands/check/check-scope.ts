import * as z from 'zod';
import { readPages } from '../../graph/pages.ts';
import { guid, isGuid, MAILBOX_HEADERS, query } from '../../graph/paths.ts';
import type { GraphClient } from '../../graph/types.ts';
import { ok, problem, skipped, type Finding } from './finding.ts';

/** Mailboxes that are tried until one refuses; so many people are hardly all participants. */
const MAILBOXES_TRIED = 200;
const BATCH = 20;
const withId = z.object({ id: z.string() });
const account = withId.extend({ accountEnabled: z.boolean().nullish(), userType: z.string().nullish() });

/** The scope is proved by a mailbox outside it: reading the id of a calendar must be refused somewhere. */
export async function checkScope(client: GraphClient, programMailboxId: string | null): Promise<Finding> {
  const name = 'mailboxes outside the scope';
  const others: string[] = [];
  const path = `/users${query({ $select: 'id,accountEnabled,userType', $top: 999 })}`;
  const walked = await readPages(client, { path, item: account }, async (page) => {
    for (const { id, accountEnabled, userType } of page) {
      const isUsed = accountEnabled !== false && userType?.toLowerCase() !== 'guest';
      if (isUsed && isGuid(id) && id.toLowerCase() !== programMailboxId) others.push(id);
    }
    return others.length >= MAILBOXES_TRIED ? 'enough' : undefined;
  });
  if (walked.outcome !== 'done') return skipped(name, 'the directory cannot be read');
  let readable = 0;
  // From the end: who was nominated first often stands at the beginning.
  const tried = others.slice(-MAILBOXES_TRIED);
  for (let i = 0; i < tried.length; i += BATCH) {
    const results = await client.readBatch(
      tried.slice(i, i + BATCH).map((id) => ({
        method: 'GET' as const,
        path: `/users/${guid(id, 'id')}/calendar${query({ $select: 'id' })}`,
        headers: MAILBOX_HEADERS,
        reply: withId,
      })),
    );
    if (results.some((result) => result.outcome === 'refused' && result.status === 403))
      return ok(name, 'are refused with 403');
    readable += results.filter(({ outcome }) => outcome === 'done').length;
  }
  if (readable === 0) return skipped(name, 'no other mailbox answered');
  const todo =
    'Limit the role assignments of app 2 to the program mailbox and the participants (New-ManagementScope), and remove Calendars permissions in Entra.';
  return problem(name, `none of ${readable} mailboxes tried was refused`, todo);
}
