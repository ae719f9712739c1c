import type { ErrorCode } from '../errors.ts';
import type { ReaderTexts } from './create-texts.ts';

/** The sentence of a refusal: that of its reason where there is one, else that of its code. */
export function writeRefusal(code: ErrorCode, reason: string | undefined, reader: ReaderTexts): string {
  const special = `errors:reason.${reason ?? ''}`;
  return reason !== undefined && /^[a-zA-Z]+$/.test(reason) && reader.has(special)
    ? reader.t(special)
    : reader.t(`errors:${code}`);
}
