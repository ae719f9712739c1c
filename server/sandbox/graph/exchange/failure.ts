import { GraphRefusal } from '../refusal.ts';

/** 404 of Exchange for an id that is not (or no longer) in this mailbox. */
export const itemNotFound = (): GraphRefusal =>
  new GraphRefusal(404, 'ErrorItemNotFound', 'The specified object was not found in the store.');

export const invalidRequest = (reason: string): GraphRefusal =>
  new GraphRefusal(400, 'ErrorInvalidRequest', `Your request can't be completed. ${reason}`);

export const invalidProperty = (reason: string): GraphRefusal =>
  new GraphRefusal(400, 'ErrorPropertyValidationFailure', `At least one property failed validation. ${reason}`);

/** 400 for a body that does not fit the type it is read as. */
export const unreadableBody = (reason: string): GraphRefusal => new GraphRefusal(400, 'RequestBodyRead', reason);

export const unsupportedZone = (name: string): GraphRefusal =>
  new GraphRefusal(
    400,
    'TimeZoneNotSupportedException',
    `A valid TimeZone value must be specified. The following TimeZone value is not supported: '${name}'.`,
  );

/** 400 for a move onto or past the day of a neighbor. */
export const crossingBoundary = (): GraphRefusal =>
  new GraphRefusal(
    400,
    'ErrorOccurrenceCrossingBoundary',
    'Modified occurrence is crossing or overlapping adjacent occurrence.',
  );

/** 412 for a write that names an older state of the item. */
export const changedMeanwhile = (): GraphRefusal =>
  new GraphRefusal(
    412,
    'ErrorIrresolvableConflict',
    'The send or update operation could not be performed because the change key passed in the request does not match the current change key for the item.',
  );

/** 429 for more messages a minute than a mailbox may send. */
export const tooManyMessages = (retryAfterSeconds: number): GraphRefusal =>
  new GraphRefusal(
    429,
    'ErrorExceededMessageLimit',
    "ApplicationThrottled: Can't send this message right now. You've reached the limit of messages that this mailbox may send in a minute.",
    { 'Retry-After': String(retryAfterSeconds) },
  );
