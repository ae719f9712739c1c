import type { SandboxReply } from '../../http.ts';
import type { SandboxPerson } from '../../world.ts';
import { mayUseMailbox } from '../exchange-rights.ts';
import { renderWorkingHours } from '../exchange/working-hours.ts';
import { formatWall } from '../exchange/zones.ts';
import { personOf } from '../find-person.ts';
import type { GraphCall, GraphRoute } from '../graph-call.ts';
import { odataContext } from '../link-base.ts';
import { readOptions } from '../odata/options.ts';
import { unknownProperty } from '../directory/entity.ts';
import { mailboxDenied, mailboxNotEnabled } from '../refusal.ts';

const TYPE = 'microsoft.graph.mailboxSettings';

/** `/users/{id}/mailboxSettings` as a whole and each of its parts; Exchange judges who may read them. */
export function mailboxSettingsRoutes(): GraphRoute[] {
  return [
    { method: 'GET', template: '/users/{id}/mailboxSettings', operation: wholeSettings },
    { method: 'GET', template: '/users/{id}/mailboxSettings/{part}', operation: onePart },
  ];
}

/** The settings of the mailbox that the call names. Refuses without right (403) and without mailbox (404). */
export function mailboxSettingsOf({ world, caller, ids }: GraphCall): Record<string, unknown> {
  const person = personOf(world, ids[0]!);
  if (!mayUseMailbox(world, caller, person.id, 'mailboxSettingsRead')) throw mailboxDenied();
  if (!person.mailbox.enabled) throw mailboxNotEnabled();
  const hours = renderWorkingHours(person, world.clock.now());
  return {
    archiveFolder: null,
    timeZone: person.mailbox.zoneName,
    dateFormat: isAmerican(person) ? 'M/d/yyyy' : 'dd/MM/yyyy',
    timeFormat: isAmerican(person) ? 'h:mm tt' : 'HH:mm',
    delegateMeetingMessageDeliveryOptions: 'sendToDelegateOnly',
    automaticRepliesSetting: automaticReplies(person),
    language: language(person.mailbox.locale),
    ...(hours && { workingHours: hours }),
    userPurpose: 'user',
  };
}

function wholeSettings(call: GraphCall): SandboxReply {
  const options = readOptions(call.request.query, call.request.headers, ['select']);
  const settings = mailboxSettingsOf(call);
  const wanted = options
    .get('select')
    ?.split(',')
    .map((name) => name.trim());
  for (const name of wanted ?? []) if (!PARTS.has(name.toLowerCase())) throw unknownProperty(name, TYPE);
  const shown = wanted ? Object.entries(settings).filter(([name]) => wanted.includes(name)) : Object.entries(settings);
  return { status: 200, body: { '@odata.context': contextOf(call), ...Object.fromEntries(shown) } };
}

const PARTS = new Map(
  [
    'archiveFolder',
    'automaticRepliesSetting',
    'dateFormat',
    'delegateMeetingMessageDeliveryOptions',
    'language',
    'timeFormat',
    'timeZone',
    'userPurpose',
    'workingHours',
  ].map((name) => [name.toLowerCase(), name]),
);

function onePart(call: GraphCall): SandboxReply {
  const name = PARTS.get(call.ids[1]!.toLowerCase());
  if (name === undefined) throw unknownProperty(call.ids[1]!, TYPE);
  const value = mailboxSettingsOf(call)[name];
  if (value === undefined || value === null) return { status: 204 };
  const context = { '@odata.context': `${contextOf(call)}/${name}` };
  return { status: 200, body: typeof value === 'object' ? { ...context, ...value } : { ...context, value } };
}

const contextOf = (call: GraphCall): string =>
  odataContext(`users('${encodeURIComponent(call.ids[0]!)}')/mailboxSettings`);

const isAmerican = (person: SandboxPerson): boolean => person.mailbox.locale === 'en-US';

/** Both null for a mailbox whose language nobody has set. */
function language(locale: string | null): Record<string, unknown> {
  if (locale === null) return { locale: null, displayName: null };
  return {
    locale,
    displayName: new Intl.DisplayNames('en', { type: 'language', languageDisplay: 'standard' }).of(locale),
  };
}

function automaticReplies(person: SandboxPerson): Record<string, unknown> {
  const away = person.mailbox.automaticReplies;
  const moment = (instant: number): Record<string, unknown> => ({ dateTime: formatWall(instant), timeZone: 'UTC' });
  return {
    status: away ? 'scheduled' : 'disabled',
    externalAudience: 'all',
    internalReplyMessage: '',
    externalReplyMessage: '',
    scheduledStartDateTime: moment(away?.from ?? 0),
    scheduledEndDateTime: moment(away?.to ?? 86_400_000),
  };
}
