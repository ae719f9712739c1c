const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const VERSION = '/v1.0';

/** True for the textual form of a GUID, the only form of id that may enter a path (hostile list 60). */
export const isGuid = (text: string): boolean => GUID.test(text);

/**
 * The id, fit for a path, in lower case. Throws RangeError (which names `what`) for anything but a GUID: ids come from
 * the directory or from checked input, so another form is a mistake of ours or an attack.
 */
export function guid(id: string, what: string): string {
  if (!isGuid(id)) throw new RangeError(`${what} is not a GUID`);
  return id.toLowerCase();
}

/** An opaque id of Outlook (event, occurrence) as one path segment. Throws RangeError for an empty or monstrous one. */
export function opaqueId(id: string, what: string): string {
  if (id === '' || id.length > 2_000 || /^\.+$/.test(id)) throw new RangeError(`${what} is not an id of Outlook`);
  return encodeURIComponent(id);
}

/** A query string, values encoded. // => query({ $select: 'id,mail' }) === '?$select=id,mail' */
export function query(options: Record<string, string | number>): string {
  const pairs = Object.entries(options).map(
    ([name, value]) => `${name}=${encodeURIComponent(value).replaceAll('%2C', ',')}`,
  );
  return `?${pairs.join('&')}`;
}

/** A string literal of OData: quotes are doubled, so that no name can end it (hostile list 59). */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** The path (behind the version, with query) that a nextLink or deltaLink names, whatever its origin; null: not ours. */
export function pathOfLink(link: string): string | null {
  if (!URL.canParse(link)) return null;
  const { pathname, search } = new URL(link);
  return pathname.startsWith(`${VERSION}/`) ? pathname.slice(VERSION.length) + search : null;
}

/**
 * What is throttled together: each mailbox by itself, and the directory, Teams and subscriptions each as a whole.
 * // => scopeOf('/users/abc/events') === 'mailbox abc'
 */
export function scopeOf(path: string): string {
  const mailbox = /^\/users\/([^/?]+)\/(?:calendar|events|calendarView|mailboxSettings)\b/i.exec(path)?.[1];
  if (mailbox) return `mailbox ${mailbox.toLowerCase()}`;
  if (/^\/appCatalogs\/|\/teamwork\//i.test(path)) return 'teams';
  return /^\/subscriptions\b/i.test(path) ? 'subscriptions' : 'directory';
}

/** The immutable-id preference that every mailbox call must carry, and times in UTC. */
export const MAILBOX_HEADERS: Readonly<Record<string, string>> = {
  Prefer: 'IdType="ImmutableId", outlook.timezone="UTC"',
};
