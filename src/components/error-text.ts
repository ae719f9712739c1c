import type { TFunction } from 'i18next';
import { ApiError } from '../api/api-error.ts';
import { SignInNeeded } from '../host/host.ts';

const KNOWN = [
  'network',
  'timeout',
  'badReply',
  'signedOut',
  'forbidden',
  'notFound',
  'conflict',
  'closed',
  'busy',
  'unavailable',
  'badInput',
] as const;

/** Reasons that say more than their code. */
const REASONS = [
  'answeredElsewhere',
  'timeTaken',
  'tooLate',
  'safeContactMissing',
  'safeContactDisabled',
  'safeContactParticipant',
  'safeContactInLine',
] as const;

/** A sentence for the person, in their language: of the reason where it has one, else of the code (`closed.answeredElsewhere`). */
export function errorText(t: TFunction, error: unknown): string {
  if (error instanceof SignInNeeded) return t('errors.signedOut');
  if (!(error instanceof ApiError)) return t('errors.other');
  const [base, reason] = error.code.split('.');
  const special = REASONS.find((known) => known === reason);
  if (special) return t(`errors.${special}`);
  const code = KNOWN.find((known) => known === base);
  return code ? t(`errors.${code}`) : t('errors.other');
}
