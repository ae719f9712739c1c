import type { NamedPair } from './select-pairs.ts';

/** A person of the picture with their place in the column, from 0. */
export interface GraphPerson {
  personId: string;
  name: string;
  place: number;
  partners: string[];
}

export interface GraphLayout {
  mentees: GraphPerson[];
  mentors: GraphPerson[];
  /** Lines from place to place. */
  lines: { pairId: string; menteeId: string; mentorId: string; from: number; to: number; fit: number }[];
}

/** Two columns: mentees in the order of the list, each mentor at the mean place of their mentees, so that few lines cross. */
export function layOutGraph(pairs: readonly NamedPair[]): GraphLayout {
  const mentees = new Map<string, GraphPerson>();
  const mentors = new Map<string, GraphPerson & { sum: number }>();
  for (const { menteeId, mentorId, menteeName, mentorName } of pairs) {
    const mentee = mentees.get(menteeId) ?? { personId: menteeId, name: menteeName, place: mentees.size, partners: [] };
    mentees.set(menteeId, mentee);
    mentee.partners.push(mentorName);
    const mentor = mentors.get(mentorId) ?? { personId: mentorId, name: mentorName, place: 0, partners: [], sum: 0 };
    mentors.set(mentorId, mentor);
    mentor.partners.push(menteeName);
    mentor.sum += mentee.place;
  }
  const ordered = [...mentors.values()].sort((a, b) => a.sum / a.partners.length - b.sum / b.partners.length);
  ordered.forEach((mentor, place) => (mentor.place = place));
  return {
    mentees: [...mentees.values()],
    mentors: ordered.map(({ sum: _sum, ...mentor }) => mentor),
    lines: pairs.map(({ pairId, menteeId, mentorId, fit }) => ({
      pairId,
      menteeId,
      mentorId,
      from: mentees.get(menteeId)!.place,
      to: mentors.get(mentorId)!.place,
      fit,
    })),
  };
}
