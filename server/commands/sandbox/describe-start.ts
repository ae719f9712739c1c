import { companyRoles } from '../../sandbox/people/company-roles.ts';
import type { Both } from '../../simulation/start-both.ts';
import type { ProgramCounts } from './count-program.ts';

/** The table of what happened, and the addresses to open with the people to sign in as. */
export function describeStart(both: Both, counts: ProgramCounts): string {
  const { world, origin } = both.sandbox;
  const { programMailboxId, ombudspersonId } = companyRoles(world);
  const employees = [...world.people.values()].filter(
    ({ id, deletedAt }) => id !== programMailboxId && id !== ombudspersonId && deletedAt === null,
  );
  const rows: [string, string | number][] = [
    ['people', employees.length],
    ['executives', counts.executives],
    ['mentors', counts.mentors],
    ['pairs', counts.pairs],
    ['series booked', counts.seriesBooked],
    ['sessions held', counts.sessionsHeld],
    ['feedback answers', counts.answers],
    ['virtual date', `${new Date(world.clock.now()).toISOString().slice(0, 16).replace('T', ' ')} UTC`],
  ];
  const nameOf = (id: string | undefined): string => world.people.get(id ?? '')?.displayName ?? 'nobody yet';
  const [administrator] = companyRoles(world).administrators;
  const page = (view: string): string =>
    `${origin}/sandbox/#${new URLSearchParams({ person: counts.example?.menteeId ?? administrator ?? '', view }).toString()}`;
  return [
    ...rows.map(([name, value]) => `${name.padEnd(18)} ${value}`),
    '',
    `Teams tab          ${both.origin}/tab`,
    `                   sign in as ${nameOf(administrator)} (administrator),`,
    `                   ${nameOf(counts.example?.menteeId)} (executive) or ${nameOf(counts.example?.mentorId)} (mentor)`,
    `Outlook pane       ${both.origin}/taskpane`,
    `Calendar           ${page('calendar')}`,
    `Chat               ${page('chat')}`,
    `API                ${both.origin}/api/openapi.json`,
  ].join('\n');
}
