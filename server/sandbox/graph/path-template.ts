const COLLECTIONS = new Map(
  [
    'users',
    'groups',
    'subscriptions',
    'events',
    'instances',
    'exceptionOccurrences',
    'calendars',
    'calendarGroups',
    'calendarPermissions',
    'teamsApps',
    'installedApps',
    'photos',
    'members',
    'transitiveMembers',
    'directReports',
    'extensions',
    'attachments',
    'organization',
  ].map((name) => [name.toLowerCase(), name]),
);
const WORDS = new Map(
  [
    'calendarView',
    'calendar',
    'getSchedule',
    'mailboxSettings',
    'appCatalogs',
    'teamwork',
    'tentativelyAccept',
    'manager',
    'accept',
    'decline',
    'cancel',
    'delta',
    'photo',
    'outlook',
    'supportedTimeZones',
    'chat',
    'reauthorize',
  ].map((name) => [name.toLowerCase(), name]),
);

/** `/users/{id}/calendarView` for any path without version: ids give way to `{id}`, so that calls can be counted. */
export function pathTemplate(path: string): string {
  const shown: string[] = [];
  let inCollection = false;
  for (const segment of path.split('/').filter((each) => each !== '')) {
    const word = segment.replace(/\(.*$/, '').replace(/^(microsoft\.)?graph\./i, '');
    const isOperation = segment.startsWith('$') || segment !== word || WORDS.has(word.toLowerCase());
    if (inCollection && !isOperation) {
      shown.push('{id}');
      inCollection = false;
      continue;
    }
    const name = COLLECTIONS.get(word.toLowerCase());
    shown.push(
      name ??
        WORDS.get(word.toLowerCase()) ??
        (/^graph\.|^microsoft\.graph\./.test(segment) ? `microsoft.graph.${word}` : word),
    );
    inCollection = name !== undefined;
  }
  return `/${shown.join('/')}`;
}
