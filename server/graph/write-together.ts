import type { CreatedSeries, EventWrite, Refused, WriteResult } from '../ports.ts';
import { EVENT_WRITES_PER_BATCH } from './batch.ts';
import { acceptEventCall, removeCopyCall } from './copies.ts';
import { cancelEventCall, createDateCall, moveDateCall } from './dates.ts';
import { createSeriesCall } from './series.ts';
import { tagEventCall } from './tags.ts';
import type { GraphCall, GraphClient } from './types.ts';

/** Several writes of events in one batch; see `Calendar.writeTogether`. */
export async function writeTogether(
  client: GraphClient,
  writes: readonly EventWrite[],
): Promise<WriteResult<CreatedSeries | null>[]> {
  if (writes.length > EVENT_WRITES_PER_BATCH)
    throw new RangeError(`${writes.length} writes are more than one batch holds`);
  const calls = writes.map(callOf);
  const going = calls.flatMap((call) => ('outcome' in call ? [] : [call]));
  const sent = await client.writeBatch(going);
  return calls.map((call) => ('outcome' in call ? call : sent[going.indexOf(call)]!));
}

function callOf(write: EventWrite): GraphCall<CreatedSeries | null> | Refused {
  switch (write.kind) {
    case 'createSeries':
      return createSeriesCall(write.request);
    case 'createDate':
      return createDateCall(write.request);
    case 'moveDate':
      return moveDateCall(write);
    case 'cancelEvent':
      return cancelEventCall(write.organizerId, write.eventId, write.comment);
    case 'tagEvent':
      return tagEventCall(write.organizerId, write.eventId, write.key);
    case 'acceptEvent':
      return acceptEventCall(write.mailbox, write.eventId);
    case 'removeCopy':
      return removeCopyCall(write.mailbox, write.eventId);
  }
}
