import type { TenantId } from '../../domain/people/person.ts';
import { readRecords } from '../../simulation/records.ts';
import type { Both } from '../../simulation/start-both.ts';

/** What has happened in the sandbox's program so far, as the database has it. */
export interface ProgramCounts {
  executives: number;
  mentors: number;
  pairs: number;
  seriesBooked: number;
  sessionsHeld: number;
  answers: number;
  /** A booked pair, those who read the command's own language and then those with most answers first; null before there is any. */
  example: { menteeId: string; mentorId: string } | null;
}

/** Counts the program. A session that somebody said did not take place is not held, as on the program page. */
export async function countProgram({ sandbox, server }: Both): Promise<ProgramCounts> {
  const records = await readRecords(server.database.db, sandbox.tenantId as TenantId);
  const booked = records.series.filter((series) => series.eventId !== null);
  const answersOf = (pairId: string): number => {
    const sessions = new Set(records.sessions.filter((row) => row.pairId === pairId).map((row) => row.sessionId));
    return records.feedback.filter((row) => sessions.has(row.sessionId)).length;
  };
  const isEnglish = (personId: string): boolean =>
    sandbox.world.people.get(personId)?.preferredLanguage?.startsWith('en') ?? false;
  const [example] = records.pairs
    .filter((pair) => booked.some((series) => series.pairId === pair.pairId))
    .map((pair) => ({
      pair,
      readers: [pair.menteeId, pair.mentorId].filter(isEnglish).length,
      answers: answersOf(pair.pairId),
    }))
    .sort((a, b) => b.readers - a.readers || b.answers - a.answers || (a.pair.pairId < b.pair.pairId ? -1 : 1));
  return {
    executives: records.participants.filter((row) => row.side === 'mentee').length,
    mentors: records.participants.filter((row) => row.side === 'mentor').length,
    pairs: records.agreedPairIds.length,
    seriesBooked: booked.length,
    sessionsHeld: records.sessions.filter(
      (row) => row.eventId !== null && row.held !== 'open' && row.held !== 'notHeld',
    ).length,
    answers: records.feedback.length,
    example: example ? { menteeId: example.pair.menteeId, mentorId: example.pair.mentorId } : null,
  };
}
