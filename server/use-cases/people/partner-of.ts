import type { PartnerView } from '../../contract/http.ts';
import type { ParticipantRow } from '../../db/cohorts.ts';
import type { Person } from '../../domain/people/person.ts';

/**
 * What one side may see of the other (product.md, Who sees what): of a mentor title, department, languages, the topics
 * they teach and one line of motivation; of an executive, once the mentor has said yes, the goals without their levels.
 */
export function partnerOf(
  person: Person,
  participant: ParticipantRow | undefined,
  options: { mayGoalsBeSeen: boolean },
): PartnerView {
  const isMentor = participant?.side === 'mentor';
  return {
    personId: person.personId,
    displayName: person.displayName,
    jobTitle: person.jobTitle,
    department: person.department,
    languages: [...(participant?.languages ?? [])],
    topics: isMentor
      ? participant.skills.map((skill) => skill.topic)
      : options.mayGoalsBeSeen
        ? (participant?.goals ?? []).map((goal) => goal.topic)
        : [],
    motivation: isMentor ? participant.motivation : null,
  };
}
