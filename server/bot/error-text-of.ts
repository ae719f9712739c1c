import type { ErrorText } from '../contract/card-messages.ts';
import { AppError } from '../errors.ts';

/** Reasons of a refusal that have a sentence of their own on cards. */
const BY_REASON: Readonly<Record<string, ErrorText>> = {
  tooEarly: 'tooEarly',
  sessionNotHeld: 'sessionNotHeld',
  answeredElsewhere: 'conflict',
};

/** What a card says about a refusal or a fault: something of ours that broke is `unavailable`, whatever it was. */
export function errorTextOf(error: unknown): ErrorText {
  if (!(error instanceof AppError)) return 'unavailable';
  const special = error.details.reason === undefined ? undefined : BY_REASON[error.details.reason];
  if (special) return special;
  switch (error.code) {
    case 'badInput':
    case 'closed':
    case 'conflict':
      return error.code;
    case 'signedOut':
    case 'forbidden':
    case 'notFound':
      return 'notYours';
    case 'busy':
    case 'unavailable':
      return 'unavailable';
  }
}
