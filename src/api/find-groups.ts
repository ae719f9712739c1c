import type * as z from 'zod/mini';
import { groupsReply, type groupView } from '../../server/contract/administrator.ts';
import type { ApiClient } from './client.ts';

export type GroupView = z.infer<typeof groupView>;

/** Groups of the directory whose name begins so. */
export async function findGroups(client: ApiClient, startsWith: string, signal?: AbortSignal): Promise<GroupView[]> {
  const path = `/api/admin/groups?${new URLSearchParams({ startsWith })}`;
  return (await client.send({ method: 'GET', path, reply: groupsReply, signal })).groups;
}
