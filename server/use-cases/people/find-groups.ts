import type { TenantId } from '../../domain/people/person.ts';
import { AppError } from '../../errors.ts';
import type { Directory, GroupInfo } from '../../ports.ts';

/** Groups of the directory whose name starts so. Throws `unavailable` when the directory does not answer, `forbidden` when it may not. */
export async function findGroups(
  { directory }: { directory: Directory },
  { tenantId, startsWith }: { tenantId: TenantId; startsWith: string },
): Promise<GroupInfo[]> {
  const found = await directory.findGroups(tenantId, startsWith);
  if (found.outcome === 'done') return found.value;
  throw new AppError('unavailable', { reason: 'directory' });
}
