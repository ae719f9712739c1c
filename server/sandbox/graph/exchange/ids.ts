import { guid, opaqueId } from '../../hash.ts';

const CORE_LENGTH = 43;
const IMMUTABLE_PREFIX = 'AAkALg';
const PLAIN_PREFIX = 'AAMkAG';
const DATE_MARK = 'OID';

/** The part of an event's ids that depends on its content alone. */
export const makeCore = (...content: (string | number)[]): string => opaqueId(CORE_LENGTH, 'event', ...content);

/**
 * Id of an item as Graph gives it: with `Prefer: IdType="ImmutableId"` another one than without. Occurrences carry
 * their original date (`YYYYMMDD`).
 */
export function itemId(core: string, date: string | null, immutable: boolean): string {
  const mark = date === null ? '' : DATE_MARK + date;
  return immutable ? `${IMMUTABLE_PREFIX}${core}${mark}=` : `${PLAIN_PREFIX}${reverse(core)}${mark}=`;
}

const ID = new RegExp(`^(${IMMUTABLE_PREFIX}|${PLAIN_PREFIX})([\\w-]{${CORE_LENGTH}})(?:${DATE_MARK}(\\d{8}))?=$`);

/** Reads either kind of id; null when it is none. Ids are case-sensitive. */
export function parseItemId(id: string): { core: string; date: string | null } | null {
  const match = ID.exec(id);
  if (!match) return null;
  return { core: match[1] === IMMUTABLE_PREFIX ? match[2]! : reverse(match[2]!), date: match[3] ?? null };
}

const reverse = (text: string): string => [...text].reverse().join('');

/**
 * iCalUId of an item: equal in every mailbox, another one for each occurrence, because the global object id of an
 * occurrence has its original date (year, month, day in hexadecimal) where that of the series has zeros.
 */
export function makeICalUId(meetingKey: string, date: string | null): string {
  const hex = (text: string, digits: number): string => Number(text).toString(16).padStart(digits, '0');
  const day = date === null ? '00000000' : hex(date.slice(0, 4), 4) + hex(date.slice(4, 6), 2) + hex(date.slice(6), 2);
  const unique = guid('iCalUId', meetingKey).replaceAll('-', '');
  return `040000008200E00074C5B7101A82E008${day}${unique.slice(0, 16)}000000000000000010000000${unique}`.toUpperCase();
}

/** Change key of a copy in one of its states. */
export const makeChangeKey = (core: string, version: number): string => `${opaqueId(30, 'changeKey', core, version)}==`;
