import { createHash } from 'node:crypto';

/**
 * A UUID (version 8) that follows from the tenant's secret salt and the parts: the same decision gets the same id when
 * it is made twice, and nobody outside can guess it. The parts name the kind first, e.g. `('pair', cohortId, ...)`.
 */
export function deriveId(salt: string, ...parts: readonly (string | number)[]): string {
  const bytes = createHash('sha256')
    .update([salt, ...parts].join('\u0000'))
    .digest();
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}
