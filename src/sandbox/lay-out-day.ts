import type { SandboxItem } from './replies.ts';
import { addDays, wallOf } from './week.ts';

/** An item's place in the column of one day: minutes of that day, and its lane among those that overlap it. */
export interface PlacedItem {
  item: SandboxItem;
  from: number;
  to: number;
  lane: number;
  lanes: number;
}

const DAY_MINUTES = 24 * 60;
/** Shorter ones could not be read or clicked. */
const LEAST_MINUTES = 25;

/** Whether an item covers whole days rather than hours of one. */
export function isWholeDays(item: SandboxItem): boolean {
  return Date.parse(item.end) - Date.parse(item.start) >= DAY_MINUTES * 60_000;
}

/** Whether an item touches a day of the zone. */
export function touchesDay(item: SandboxItem, day: string, zone: string): boolean {
  const start = wallOf(item.start, zone);
  const end = wallOf(item.end, zone);
  return start.day <= day && (end.day > day || (end.day === day && end.minute > 0) || start.day === day);
}

/** The items of one day by the hour, side by side where they overlap. */
export function layOutDay(items: readonly SandboxItem[], day: string, zone: string): PlacedItem[] {
  const placed: PlacedItem[] = [];
  let cluster: PlacedItem[] = [];
  let clusterEnd = -1;
  const close = (): void => {
    const lanes = Math.max(0, ...cluster.map(({ lane }) => lane)) + 1;
    for (const one of cluster) one.lanes = lanes;
    cluster = [];
  };
  const sorted = items
    .filter((item) => !isWholeDays(item) && touchesDay(item, day, zone))
    .sort((a, b) => a.start.localeCompare(b.start) || b.end.localeCompare(a.end));
  for (const item of sorted) {
    const start = wallOf(item.start, zone);
    const end = wallOf(item.end, zone);
    const from = start.day < day ? 0 : start.minute;
    const to = Math.max(from + LEAST_MINUTES, end.day >= addDays(day, 1) ? DAY_MINUTES : end.minute);
    if (from >= clusterEnd) close();
    const taken = new Set(cluster.filter((one) => one.to > from).map(({ lane }) => lane));
    let lane = 0;
    while (taken.has(lane)) lane += 1;
    const one = { item, from, to, lane, lanes: 1 };
    cluster.push(one);
    placed.push(one);
    clusterEnd = Math.max(cluster.length === 1 ? to : clusterEnd, to);
  }
  close();
  return placed;
}
