import type { SandboxPerson } from '../../world.ts';
import { WEEKDAYS } from './model.ts';
import { DAY, changesIn, offsetAt } from './zones.ts';

const CUSTOM = 'Customized Time Zone';
const time = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}:00.0000000`;

/** The rule by which a change comes back every year: the nth (5: last) weekday of a month, at a wall time. */
function ruleOf(instant: number, offsetBefore: number): Record<string, unknown> {
  const wall = new Date(instant + offsetBefore);
  const isLast = new Date(wall.getTime() + 7 * DAY).getUTCMonth() !== wall.getUTCMonth();
  return {
    time: time(wall.getUTCHours() * 60 + wall.getUTCMinutes()),
    dayOccurrence: isLast ? 5 : Math.ceil(wall.getUTCDate() / 7),
    dayOfWeek: WEEKDAYS[wall.getUTCDay()],
    month: wall.getUTCMonth() + 1,
    year: 0,
  };
}

const NO_CHANGE = { time: '00:00:00.0000000', dayOccurrence: 0, dayOfWeek: 'sunday', month: 0, year: 0 };

/** A `customTimeZone`; `bias` is the number of minutes to add to local standard time to get UTC. */
function customTimeZone(iana: string, now: number): Record<string, unknown> {
  const year = new Date(now).getUTCFullYear();
  const changes = changesIn(iana, year);
  const toDaylight = changes.find(([, before, after]) => after > before);
  const toStandard = changes.find(([, before, after]) => after < before);
  const standard = toStandard?.[2] ?? offsetAt(iana, now);
  const has = toDaylight !== undefined && toStandard !== undefined;
  return {
    '@odata.type': '#microsoft.graph.customTimeZone',
    bias: -standard / 60_000,
    name: CUSTOM,
    standardOffset: has ? ruleOf(toStandard[0], toStandard[1]) : NO_CHANGE,
    daylightOffset: {
      daylightBias: has ? (toDaylight[1] - toDaylight[2]) / 60_000 : 0,
      ...(has ? ruleOf(toDaylight[0], toDaylight[1]) : NO_CHANGE),
    },
  };
}

/** The `workingHours` of a mailbox, or undefined where its owner set none. */
export function renderWorkingHours({ mailbox }: SandboxPerson, now: number): Record<string, unknown> | undefined {
  if (!mailbox.workingHours) return undefined;
  const { daysOfWeek, start, end } = mailbox.workingHours;
  return {
    daysOfWeek: [...daysOfWeek],
    startTime: `${start}:00.0000000`,
    endTime: `${end}:00.0000000`,
    timeZone: mailbox.zoneName === CUSTOM ? customTimeZone(mailbox.zone, now) : { name: mailbox.zoneName },
  };
}
