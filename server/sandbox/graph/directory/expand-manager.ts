import type { SandboxPerson, World } from '../../world.ts';
import { managerOf } from '../find-person.ts';
import { readExpand } from '../odata/expand.ts';
import type { QueryOptions } from '../odata/options.ts';
import { badRequest, unsupportedQuery } from '../refusal.ts';
import { project, readSelect, USER_TYPE } from './entity.ts';
import { USER_IN_LIST } from './user-kind.ts';

const MOST_LEVELS = 1000;

/**
 * Reads `$expand=manager($levels=max;$select=id)` and gives what it adds to a user: `manager`, nested as far as asked,
 * absent where there is none. Refuses (400) other navigations, and `$levels` in a list or without
 * `ConsistencyLevel: eventual` and `$count=true`.
 */
export function readManagerExpansion(
  world: World,
  options: QueryOptions,
  where: 'list' | 'single',
): (person: SandboxPerson) => Record<string, unknown> {
  const expansions = readExpand(options.get('expand'));
  if (expansions.length === 0) return () => ({});
  const [expansion, ...others] = expansions;
  if (others.length > 0) throw badRequest('The request must have only one $expand.');
  if (expansion!.name !== 'manager') {
    throw badRequest(
      `Parsing OData Select and Expand failed: Could not find a property named '${expansion!.name}' on type 'microsoft.graph.user'.`,
    );
  }
  for (const name of expansion!.options.keys()) {
    if (name !== 'select' && name !== 'levels')
      throw badRequest(`The query option '$${name}' is not supported in $expand.`);
  }
  const select = readSelect(USER_IN_LIST, expansion!.options.get('select'));
  const levels = readLevels(expansion!.options.get('levels'));
  if (levels > 1 && where === 'list') throw unsupportedQuery('$levels is not supported when expanding a collection.');
  if (expansion!.options.has('levels') && !options.advanced) {
    throw unsupportedQuery("$levels needs $count=true and the request header 'ConsistencyLevel: eventual'.");
  }
  const expand = (person: SandboxPerson, left: number): Record<string, unknown> => {
    const manager = left > 0 ? managerOf(world, person) : undefined;
    if (!manager) return {};
    return { manager: { ...USER_TYPE, ...project(USER_IN_LIST, manager, select), ...expand(manager, left - 1) } };
  };
  return (person) => expand(person, levels);
}

function readLevels(text: string | undefined): number {
  if (text === undefined) return 1;
  if (text === 'max') return MOST_LEVELS;
  const levels = /^\d+$/.test(text) ? Number(text) : 0;
  if (levels < 1 || levels > MOST_LEVELS) throw badRequest(`Invalid $levels value '${text}'.`);
  return levels;
}
