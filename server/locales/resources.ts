import type { Locale } from '../contract/vocabulary.ts';
import { cards as cardsEn } from './en/cards.ts';
import { pulseTexts as pulseEn } from './en/pulse.ts';
import { reviewTexts as reviewEn } from './en/review.ts';
import { texts as textsEn } from './en/texts.ts';
import { cards as cardsIt } from './it/cards.ts';
import { pulseTexts as pulseIt } from './it/pulse.ts';
import { reviewTexts as reviewIt } from './it/review.ts';
import { texts as textsIt } from './it/texts.ts';
import { cards as cardsPl } from './pl/cards.ts';
import { pulseTexts as pulsePl } from './pl/pulse.ts';
import { reviewTexts as reviewPl } from './pl/review.ts';
import { texts as textsPl } from './pl/texts.ts';
import { cards as cardsPtBr } from './pt-BR/cards.ts';
import { pulseTexts as pulsePtBr } from './pt-BR/pulse.ts';
import { reviewTexts as reviewPtBr } from './pt-BR/review.ts';
import { texts as textsPtBr } from './pt-BR/texts.ts';
import { cards as cardsUk } from './uk/cards.ts';
import { pulseTexts as pulseUk } from './uk/pulse.ts';
import { reviewTexts as reviewUk } from './uk/review.ts';
import { texts as textsUk } from './uk/texts.ts';

/** Texts by language and namespace: `cards`, and everything of texts.ts, pulse.ts and review.ts, each group by its own name. */
export const RESOURCES = {
  en: { cards: cardsEn, ...pulseEn, ...reviewEn, ...textsEn },
  it: { cards: cardsIt, ...pulseIt, ...reviewIt, ...textsIt },
  pl: { cards: cardsPl, ...pulsePl, ...reviewPl, ...textsPl },
  uk: { cards: cardsUk, ...pulseUk, ...reviewUk, ...textsUk },
  'pt-BR': { cards: cardsPtBr, ...pulsePtBr, ...reviewPtBr, ...textsPtBr },
} satisfies Record<Locale, object>;
