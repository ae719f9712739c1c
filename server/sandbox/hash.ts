import { hash } from 'node:crypto';

/**
 * 32 bytes that depend on the parts alone. Everything in the sandbox that looks like chance (ids, faults, people's
 * decisions) comes from here, never from a running sequence, so that one call more or less changes nothing else.
 */
function digest(parts: readonly (string | number)[]): Buffer {
  return hash('sha256', parts.join('\u0000'), 'buffer');
}

/** A number in [0, 1) that depends on the parts alone. */
export function chance(...parts: readonly (string | number)[]): number {
  return digest(parts).readUIntBE(0, 6) / 2 ** 48;
}

/** A whole number in [0, below) that depends on the parts alone. */
export function pickIndex(below: number, ...parts: readonly (string | number)[]): number {
  return Math.floor(chance(...parts) * below);
}

/** One of the items, chosen by the parts alone. Throws for an empty list. */
export function pick<T>(items: readonly T[], ...parts: readonly (string | number)[]): T {
  if (items.length === 0) throw new Error('pick: nothing to choose from');
  return items[pickIndex(items.length, ...parts)]!;
}

/** A GUID (version 4 in form) that depends on the parts alone. */
export function guid(...parts: readonly (string | number)[]): string {
  const bytes = digest(parts);
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

/** An opaque id as Exchange makes them (url-safe base64), of the given length, that depends on the parts alone. */
export function opaqueId(length: number, ...parts: readonly (string | number)[]): string {
  let text = '';
  for (let i = 0; text.length < length; i++) text += digest([...parts, i]).toString('base64url');
  return text.slice(0, length);
}
