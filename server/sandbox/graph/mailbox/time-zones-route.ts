import { WINDOWS_TO_IANA_MAP } from 'windows-iana';
import type { SandboxReply } from '../../http.ts';
import { personOf } from '../find-person.ts';
import type { GraphCall, GraphRoute } from '../graph-call.ts';
import { odataContext } from '../link-base.ts';
import { badRequest } from '../refusal.ts';
import { findZone } from '../exchange/zones.ts';

const ANY_OF = ['User.Read.All', 'User.ReadBasic.All', 'User.ReadWrite.All'];

/** The zones that Exchange knows for a mailbox: Windows names, or IANA names where asked for. */
export function timeZonesRoute(): GraphRoute {
  return { method: 'GET', template: '/users/{id}/outlook/{function}', anyOf: ANY_OF, operation: supportedTimeZones };
}

function supportedTimeZones({ world, ids }: GraphCall): SandboxReply {
  const match =
    /^(?:microsoft\.graph\.)?supportedTimeZones(?:\((?:TimeZoneStandard=(?:microsoft\.graph\.timeZoneStandard)?'(\w+)')?\))?$/i.exec(
      ids[1]!,
    );
  if (!match) throw badRequest(`Resource not found for the segment '${ids[1]}'.`);
  personOf(world, ids[0]!);
  const standard = (match[1] ?? 'windows').toLowerCase();
  if (standard !== 'windows' && standard !== 'iana')
    throw badRequest(`The value '${match[1]}' of TimeZoneStandard is not valid.`);
  const names =
    standard === 'iana' ? Intl.supportedValuesOf('timeZone').filter((name) => findZone(name)) : windowsNames();
  return {
    status: 200,
    body: {
      '@odata.context': odataContext('Collection(microsoft.graph.timeZoneInformation)'),
      value: names.map((alias) => ({ alias, displayName: `${offsetText(alias, world.clock.now())} ${alias}` })),
    },
  };
}

const windowsNames = (): string[] =>
  [...new Set(WINDOWS_TO_IANA_MAP.map((entry) => entry.windowsName as string))].sort();

/** `(UTC+01:00)` at an instant; `(UTC)` for none. */
function offsetText(name: string, now: number): string {
  const format = new Intl.DateTimeFormat('en', { timeZone: findZone(name)?.iana ?? 'UTC', timeZoneName: 'longOffset' });
  const offset = format.formatToParts(now).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
  return `(${offset.replace('GMT', 'UTC')})`;
}
