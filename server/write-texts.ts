import { cleanText } from './bot/escape-text.ts';
import { TOPICS, type Topic } from './contract/vocabulary.ts';
import { createTexts } from './locales/create-texts.ts';
import type { Content } from './locales/load-content.ts';
import { writeAgreement, writeExpectations, writeShape } from './locales/write-agreement.ts';
import { writeGuide } from './locales/write-guide.ts';
import { writeInvitation } from './locales/write-invitation.ts';
import { writePrice } from './locales/write-price.ts';
import { writeReasons } from './locales/write-reasons.ts';
import { writeRefusedPin } from './locales/write-refused-pin.ts';
import { writeTabLink } from './locales/write-tab-link.ts';
import { writeUnmatched } from './locales/write-unmatched.ts';
import type { RouteWorld } from './http/route-deps.ts';
import type { InvitationTexts } from './use-cases/slots/series-invitation.ts';

export type AllTexts = RouteWorld['texts'] & InvitationTexts;

/** Wires locales and content to what pages and invitations say. `publicUrl`: where "the rest" is. */
export function writeTexts(publicUrl: string, content: Content): AllTexts {
  const texts = createTexts();
  return {
    matchReasons: (reasons, side, locale) => writeReasons(reasons, side, texts.reader(locale, 'UTC'), cleanText),
    slotReasons: (reasons, locale) => writeReasons(reasons, 'mentee', texts.reader(locale, 'UTC'), cleanText),
    agreementVersion: content.agreementVersion,
    agreement: (shape, locale, version) => writeAgreement(content, shape, texts.reader(locale, 'UTC'), version),
    expectations: (side, shape, locale, version) =>
      writeExpectations(content, side, shape, texts.reader(locale, 'UTC'), version),
    module: (id, locale) => content[locale].training[id],
    executivePage: (locale) => content[locale].executive,
    library: (locale) => TOPICS.map((topic) => ({ topic, ...content[locale].guides[topic] })),
    shape: (shape, locale) => writeShape(shape, texts.reader(locale, 'UTC')),
    guide: (topic, locale, minutes) => writeGuide(content, topic, locale, minutes),
    runLog: (kind, detail, locale) => texts.reader(locale, 'UTC').t(`runLog:${kind}`, detail),
    hidden: (kind, people, locale) => texts.reader(locale, 'UTC').t(`hidden:${kind}`, { people }),
    unmatched: (reasons, locale) => writeUnmatched(reasons, texts.reader(locale, 'UTC'), cleanText),
    reviewReasons: (reasons, locale) => writeReasons(reasons, 'administrator', texts.reader(locale, 'UTC'), cleanText),
    price: (price, nameOf, locale) => writePrice(price, nameOf, texts.reader(locale, 'UTC'), cleanText),
    refusedPin: (rule, names, locale) => writeRefusedPin(rule, names, texts.reader(locale, 'UTC'), cleanText),
    isTopic: (skill): skill is Topic => (TOPICS as readonly string[]).includes(skill),
    invitation: ({ locale, timeZone, programName, dates, catalogAppId }) => {
      const moreUrl = writeTabLink({ publicUrl, catalogAppId, page: 'home' });
      return writeInvitation(['', ''], { programName, dates, moreUrl }, texts.reader(locale, timeZone));
    },
  };
}
