import type { Topic } from '../../contract/vocabulary.ts';
import type { Participant } from '../people/person.ts';

/**
 * The topics that a pair works on: the mentee's goals that the mentor covers, else all goals.
 *
 * pairTopics({ goals: [{ topic: 'short-video', level: 3 }] }, { skills: [] }) // => ['short-video']
 */
export function pairTopics(mentee: Pick<Participant, 'goals'>, mentor: Pick<Participant, 'skills'>): Topic[] {
  const taught = new Set(mentor.skills.map((skill) => skill.topic));
  const covered = mentee.goals.map((goal) => goal.topic).filter((topic) => taught.has(topic));
  return covered.length > 0 ? covered : mentee.goals.map((goal) => goal.topic);
}
