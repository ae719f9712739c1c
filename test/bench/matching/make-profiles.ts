import { NOT_ALLOWED, type ScoreRows } from '../../../server/domain/matching/solve/score-rows.ts';

export const KINDS = ['square', 'slack', 'tight', 'ties', 'hubs'] as const;
export type Kind = (typeof KINDS)[number];

export interface Program {
  wants: number[];
  capacities: number[];
  /** Scores from profiles: computed anew each time a row is asked for. */
  scores: ScoreRows;
}

const SKILLS = 24;
const HOBBIES = 20;
const ZONES = 12;
const DEPARTMENTS = 14;
const LEVELS = 6;

type Four<T> = [T, T, T, T];

/** Columns of the mentors, and for one mentee what each of their values is worth. */
interface Tables {
  motivation: Int32Array;
  zone: Uint8Array;
  ofZone: Int32Array;
  department: Uint8Array;
  ofDepartment: Int32Array;
  worths: Four<Int32Array>;
}

/** One row in one loop over columns of bytes: every array is a local, so that nothing is looked up inside. */
function scoreRow(
  out: Int32Array,
  { motivation, zone, ofZone, department, ofDepartment, worths }: Tables,
  [levelsA, levelsB, levelsC, levelsD]: Four<Uint8Array>,
  [hobbyA, hobbyB, hobbyC, hobbyD]: Four<Uint8Array>,
  taste: number,
): void {
  const [worthA, worthB, worthC, worthD] = worths;
  const { length } = motivation;
  for (let j = 0; j < length; j++) {
    const goals = worthA[levelsA[j]!]! + worthB[levelsB[j]!]! + worthC[levelsC[j]!]! + worthD[levelsD[j]!]!;
    const hobbies = 22_500 * (hobbyA[j]! + hobbyB[j]! + hobbyC[j]! + hobbyD[j]!);
    // What two people have in common beyond the lists: at most 16,383 millionths.
    const chance = Math.imul(taste ^ (j * 40_503), 0x9e3779b1) >>> 18;
    const score = goals + hobbies + chance + motivation[j]! + ofZone[zone[j]!]! + ofDepartment[department[j]!]!;
    out[j] = score < 0 ? NOT_ALLOWED : score;
  }
}

function makeCoarse(out: Int32Array, length: number, step: number): void {
  for (let j = 0; j < length; j++) if (out[j]! > 0) out[j]! -= out[j]! % step;
}

/**
 * A program with the shape of real ones: mentees with four weighted goals, mentors with a few skills at levels, hobbies,
 * time zones of which some have no common hours, departments, a motivation of their own. The same size, kind and seed give
 * the same program. Kinds: `square` one to one; `slack` twice the places; `tight` as many places as wanted seats;
 * `ties` coarse scores; `hubs` few mentors whom everybody wants.
 */
export function makeProgram(kind: Kind, mentees: number, mentors: number, seed: number): Program {
  const random = numbers(seed);
  const whole = (below: number): number => Math.floor(random() * below);
  const wants = Array.from({ length: mentees }, () => (kind !== 'square' && random() < 0.215 ? 2 : 1));
  const capacities = makeCapacities(kind, wants, mentors, whole);
  const skills = Array.from({ length: SKILLS }, () => new Uint8Array(mentors));
  const hobbies = Array.from({ length: HOBBIES }, () => new Uint8Array(mentors));
  const zone = new Uint8Array(mentors);
  const department = new Uint8Array(mentors);
  const motivation = new Int32Array(mentors);
  for (let j = 0; j < mentors; j++) {
    const isStar = kind === 'hubs' && j % 50 === 0;
    for (let k = isStar ? 16 : 3 + whole(5); k > 0; k--) skills[whole(SKILLS)]![j] = isStar ? 5 : 1 + whole(5);
    for (let k = 4; k > 0; k--) hobbies[whole(HOBBIES)]![j] = 1;
    zone[j] = Math.floor(random() ** 2 * ZONES);
    department[j] = whole(DEPARTMENTS);
    motivation[j] = isStar ? 60_000 : whole(50_000);
  }
  const people = Array.from({ length: mentees }, () => ({
    goals: Array.from({ length: 4 }, (_, k) => ({ skill: whole(SKILLS), level: 1 + whole(5), weight: 4 - k })),
    hobbies: Array.from({ length: 4 }, () => whole(HOBBIES)),
    zone: Math.floor(random() ** 2 * ZONES),
    department: whole(DEPARTMENTS),
    taste: whole(1 << 20),
  }));
  const coarse = kind === 'ties' ? 50_000 : 1;
  const worths = [0, 1, 2, 3].map(() => new Int32Array(LEVELS)) as Four<Int32Array>;
  const ofZone = new Int32Array(ZONES);
  const ofDepartment = new Int32Array(DEPARTMENTS);
  const fillRow = (i: number, out: Int32Array): void => {
    const mentee = people[i]!;
    for (let z = 0; z < ZONES; z++) {
      const hours = 8 - Math.min(Math.abs(z - mentee.zone), ZONES - Math.abs(z - mentee.zone)) * 1.4;
      ofZone[z] = hours < 2 ? -10_000_000 : Math.floor(22_500 * hours);
    }
    for (let d = 0; d < DEPARTMENTS; d++)
      ofDepartment[d] = d === mentee.department ? 0 : 60_000 + ((d * 7919) % 13) * 2_000;
    mentee.goals.forEach(({ level, weight }, k) => {
      for (let known = 0; known < LEVELS; known++)
        worths[k]![known] = Math.floor((52_000 * weight * (known >= level ? 2 : known / level)) / 2);
    });
    const levels = mentee.goals.map(({ skill }) => skills[skill]!) as Four<Uint8Array>;
    const shared = mentee.hobbies.map((hobby) => hobbies[hobby]!) as Four<Uint8Array>;
    scoreRow(out, { motivation, zone, ofZone, department, ofDepartment, worths }, levels, shared, mentee.taste);
    if (coarse > 1) makeCoarse(out, mentors, coarse);
  };
  return { wants, capacities, scores: { rows: mentees, columns: mentors, fillRow } };
}

function makeCapacities(kind: Kind, wants: number[], mentors: number, whole: (below: number) => number): number[] {
  if (kind === 'square') return Array.from({ length: mentors }, () => 1);
  const capacities = Array.from({ length: mentors }, () => (kind === 'tight' ? 1 : 1 + whole(3)));
  const seats = wants.reduce((a, b) => a + b, 0);
  let places = capacities.reduce((a, b) => a + b, 0);
  if (kind === 'tight') for (let j = 0; places < seats && j < mentors; j++, places++) capacities[j]!++;
  return capacities;
}

/** A generator with a seed: the same numbers from 0 up to 1 on every run (mulberry32). */
export function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
