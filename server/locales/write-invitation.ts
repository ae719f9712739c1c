import type { ReaderTexts } from './create-texts.ts';
import { MINUTE } from '../domain/time/instant.ts';

export interface InvitationInput {
  programName: string;
  dates: readonly { start: number; end: number }[];
  /** Where the rest is; left out when it is not an https address. */
  moreUrl: string | null;
}

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${String(character.charCodeAt(0))};`);

/**
 * Subject and body of the invitation that holds a series (product.md D3). Delegates read it too, so it says dates and
 * where to find the rest, never goals or reasons. The Teams link itself is added to the body by Microsoft 365.
 */
export function writeInvitation(
  names: readonly [string, string],
  { programName, dates, moreUrl }: InvitationInput,
  reader: ReaderTexts,
): { subject: string; bodyHtml: string } {
  const { t } = reader;
  const minutes = dates[0] ? Math.round((dates[0].end - dates[0].start) / MINUTE) : 0;
  const shape = [t('cards:sessions', { count: dates.length }), t('cards:minutes', { count: minutes })].join(', ');
  const more = moreUrl?.startsWith('https://')
    ? `<p><a href="${escapeHtml(moreUrl)}">${escapeHtml(t('invitation:more'))}</a></p>`
    : `<p>${escapeHtml(t('invitation:more'))}.</p>`;
  const bodyHtml = [
    `<p><b>${escapeHtml(programName)}</b></p>`,
    `<p>${escapeHtml(t('invitation:intro', { shape }))}</p>`,
    `<p>${escapeHtml(t('invitation:dates'))} (${escapeHtml(reader.zoneName(dates[0]?.start ?? 0))})</p>`,
    `<ul>${dates.map(({ start }) => `<li>${escapeHtml(reader.dateTime(start))}</li>`).join('')}</ul>`,
    `<p>${escapeHtml(t('invitation:join'))}</p>`,
    `<p>${escapeHtml(t('invitation:freely'))}</p>`,
    more,
  ].join('\n');
  return { subject: names.join(' / '), bodyHtml };
}
