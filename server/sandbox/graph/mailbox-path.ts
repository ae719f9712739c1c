const MAILBOX_PATH =
  /^(?:\/v1\.0)?\/users\/([^/]+)\/(?:calendar|calendars|calendarView|events|mailboxSettings)(?:\/|$|\()/i;

/** Id or name of the mailbox that a path works in (lower case), or undefined for other paths. */
export function mailboxOfPath(path: string): string | undefined {
  return MAILBOX_PATH.exec(path)?.[1]?.replaceAll('%40', '@').toLowerCase();
}
