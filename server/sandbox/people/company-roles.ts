import { guid } from '../hash.ts';
import type { World } from '../world.ts';

/** Names of the groups by which the administrator tells Inverso who is who. */
export const GROUP_NAMES = {
  administrators: 'Inverso administrators',
  executives: 'Inverso executives',
  volunteers: 'Inverso volunteers',
  earlyTalents: 'Inverso early talents',
  participants: 'Inverso participants',
} as const;

/** Who has which part in the program. People are ids, in a group's order; guests and disabled accounts are among them as in life. */
export interface CompanyRoles {
  administrators: string[];
  executives: string[];
  /** Members of the volunteers' group, nested groups included. */
  volunteers: string[];
  chiefExecutiveId: string;
  programMailboxId: string;
  /** Stands in nobody's reporting line. */
  ombudspersonId: string;
  administratorsGroupId: string;
  executivesGroupId: string;
  volunteersGroupId: string;
  participantsGroupId: string;
}

/** Id of the program mailbox's user. */
export function programMailboxId(seed: number): string {
  return guid(seed, 'person', 'program mailbox');
}

/** Id of the ombudsperson. */
export function ombudspersonId(seed: number): string {
  return guid(seed, 'person', 'ombudsperson');
}

/** Id of one of the company's groups. */
export function groupId(seed: number, name: string): string {
  return guid(seed, 'group', name);
}

/** People of a group, members of nested groups included, each once. Survives groups that hold each other. */
export function transitiveMembers(world: World, id: string): string[] {
  const people = new Set<string>();
  const seen = new Set<string>();
  const visit = (group: string): void => {
    if (seen.has(group)) return;
    seen.add(group);
    for (const member of world.groups.get(group)?.memberIds ?? []) {
      if (world.groups.has(member)) visit(member);
      else people.add(member);
    }
  };
  visit(id);
  return [...people];
}

/** Reads from a seeded world who is who. Throws when no company was seeded into it. */
export function companyRoles(world: World): CompanyRoles {
  const id = (name: string): string => {
    const group = groupId(world.seed, name);
    if (!world.groups.has(group)) throw new Error(`companyRoles: no company was seeded, group "${name}" is missing`);
    return group;
  };
  return {
    administrators: transitiveMembers(world, id(GROUP_NAMES.administrators)),
    executives: transitiveMembers(world, id(GROUP_NAMES.executives)),
    volunteers: transitiveMembers(world, id(GROUP_NAMES.volunteers)),
    chiefExecutiveId: guid(world.seed, 'person', 0),
    programMailboxId: programMailboxId(world.seed),
    ombudspersonId: ombudspersonId(world.seed),
    administratorsGroupId: id(GROUP_NAMES.administrators),
    executivesGroupId: id(GROUP_NAMES.executives),
    volunteersGroupId: id(GROUP_NAMES.volunteers),
    participantsGroupId: id(GROUP_NAMES.participants),
  };
}
