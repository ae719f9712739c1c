import * as z from 'zod';
import type { PersonId } from '../domain/people/person.ts';
import { readPages } from '../graph/pages.ts';
import { guid, isGuid, query } from '../graph/paths.ts';
import type { GraphClient } from '../graph/types.ts';

const account = z.object({
  id: z.string(),
  mail: z.string().nullish(),
  accountEnabled: z.boolean().nullish(),
  userType: z.string().nullish(),
});

/** People in use who have an address, apart from the program mailbox, at most so many; null when the directory cannot be read. */
export async function listMailboxes(
  client: GraphClient,
  programMailboxId: string | null,
  most: number,
): Promise<{ personId: PersonId; address: string }[] | null> {
  const found: { personId: PersonId; address: string }[] = [];
  const path = `/users${query({ $select: 'id,mail,accountEnabled,userType', $top: 999 })}`;
  const walked = await readPages(client, { path, item: account }, async (page) => {
    for (const { id, mail, accountEnabled, userType } of page) {
      const isUsed = accountEnabled !== false && userType?.toLowerCase() !== 'guest';
      if (isUsed && mail && isGuid(id) && id.toLowerCase() !== programMailboxId)
        found.push({ personId: guid(id, 'id') as PersonId, address: mail });
    }
    return found.length >= most ? 'enough' : undefined;
  });
  // From the end: who was nominated first often stands at the beginning.
  return walked.outcome === 'done' ? found.slice(-most) : null;
}
