import type { Locale } from '../contract/vocabulary.ts';
import { cards as cardsEn } from './en/cards.ts';
import { checkTexts as checkEn } from './en/check.ts';
import { pulseTexts as pulseEn } from './en/pulse.ts';
import { reviewTexts as reviewEn } from './en/review.ts';
import { texts as textsEn } from './en/texts.ts';
import { cards as cardsIt } from './it/cards.ts';
import { checkTexts as checkIt } from './it/check.ts';
import { pulseTexts as pulseIt } from './it/pulse.ts';
import { reviewTexts as reviewIt } from './it/review.ts';
import { texts as textsIt } from './it/texts.ts';
import { cards as cardsPl } from './pl/cards.ts';
import { checkTexts as checkPl } from './pl/check.ts';
import { pulseTexts as pulsePl } from './pl/pulse.ts';
import { reviewTexts as reviewPl } from './pl/review.ts';
import { texts as textsPl } from './pl/texts.ts';
import { cards as cardsPtBr } from './pt-BR/cards.ts';
import { checkTexts as checkPtBr } from './pt-BR/check.ts';
import { pulseTexts as pulsePtBr } from './pt-BR/pulse.ts';
import { reviewTexts as reviewPtBr } from './pt-BR/review.ts';
import { texts as textsPtBr } from './pt-BR/texts.ts';
import { cards as cardsUk } from './uk/cards.ts';
import { checkTexts as checkUk } from './uk/check.ts';
import { pulseTexts as pulseUk } from './uk/pulse.ts';
import { reviewTexts as reviewUk } from './uk/review.ts';
import { texts as textsUk } from './uk/texts.ts';

/** Texts by language and namespace: `cards`, and everything of the other files, each group by its own name. */
export const RESOURCES = {
  en: { cards: cardsEn, ...checkEn, ...pulseEn, ...reviewEn, ...textsEn },
  it: { cards: cardsIt, ...checkIt, ...pulseIt, ...reviewIt, ...textsIt },
  pl: { cards: cardsPl, ...checkPl, ...pulsePl, ...reviewPl, ...textsPl },
  uk: { cards: cardsUk, ...checkUk, ...pulseUk, ...reviewUk, ...textsUk },
  'pt-BR': { cards: cardsPtBr, ...checkPtBr, ...pulsePtBr, ...reviewPtBr, ...textsPtBr },
} satisfies Record<Locale, object>;
