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

/** A sentence for the person: the server's own where it gave one for bad input, else ours for the code. */
export function errorText(t: TFunction, error: unknown): string {
  if (error instanceof SignInNeeded) return t('errors.signedOut');
  if (!(error instanceof ApiError)) return t('errors.other');
  if (error.message !== '') return error.message;
  const code = KNOWN.find((known) => known === error.code);
  return code ? t(`errors.${code}`) : t('errors.other');
}
