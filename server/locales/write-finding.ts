import type { FindingReply, FindingState } from '../contract/check.ts';
import type { ReaderTexts } from './create-texts.ts';

interface SaidText {
  key: string;
  values: Readonly<Record<string, string | number>>;
  permissions: readonly string[];
}

interface FindingInput {
  name: string;
  tenantId: string | null;
  state: FindingState;
  found: SaidText;
  todo: SaidText | null;
}

/** A finding of the check in the reader's language. With several tenants its name carries the tenant's id. */
export function writeFinding({ name, tenantId, state, found, todo }: FindingInput, reader: ReaderTexts): FindingReply {
  const write = (namespace: string, { key, values, permissions }: SaidText): string =>
    reader.t(`${namespace}:${key}`, {
      ...values,
      ...(permissions.length > 0 ? { list: permissions.map((one) => writePermission(one, reader)).join(', ') } : {}),
    });
  return {
    name: reader.t(`checkNames:${name}`) + (tenantId === null ? '' : ` (${tenantId})`),
    state,
    found: write('checkFound', found),
    todo: todo === null ? null : write('checkTodo', todo),
  };
}

/** // => 'User.Read.All (reading the organization)'; the bare name where we have no use for it. */
function writePermission(permission: string, reader: ReaderTexts): string {
  const use = `checkUses:${permission.replaceAll('.', '_')}`;
  return reader.has(use) ? `${permission} (${reader.t(use)})` : permission;
}
