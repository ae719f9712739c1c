import { keyOf, keysOf } from './points.ts';
import type { Profile } from './profile.ts';

/** A profile with everything that is compared as keys (keyOf), each once. */
export interface ReadProfile {
  languages: readonly string[];
  interests: readonly string[];
  /** The highest level of each skill. */
  skills: ReadonlyMap<string, number>;
  /** The first goal of each skill; `share` is its weight. */
  goals: readonly ReadGoal[];
  /** Sum of the shares of all goals. */
  all: number;
}

export interface ReadGoal {
  skill: string;
  level: number;
  share: number;
}

/** Reads a profile for comparing. */
export function readProfile({ languages, interests, skills, goals }: Profile): ReadProfile {
  const levels = new Map<string, number>();
  for (const { skill, level } of skills) {
    const key = keyOf(skill);
    levels.set(key, Math.max(level, levels.get(key) ?? 0));
  }
  const wanted = new Map<string, ReadGoal>();
  for (const { skill, level, weight } of goals) {
    const key = keyOf(skill);
    if (!wanted.has(key)) wanted.set(key, { skill: key, level, share: weight });
  }
  const read = [...wanted.values()];
  return {
    languages: keysOf(languages),
    interests: keysOf(interests),
    skills: levels,
    goals: read,
    all: read.reduce((sum, { share }) => sum + share, 0),
  };
}
