import type { Locale } from '../contract/vocabulary.ts';
import { cards as cardsEn } from './en/cards.ts';
import { pulseTexts as pulseEn } from './en/pulse.ts';
import { texts as textsEn } from './en/texts.ts';
import { cards as cardsIt } from './it/cards.ts';
import { pulseTexts as pulseIt } from './it/pulse.ts';
import { texts as textsIt } from './it/texts.ts';
import { cards as cardsPl } from './pl/cards.ts';
import { pulseTexts as pulsePl } from './pl/pulse.ts';
import { texts as textsPl } from './pl/texts.ts';
import { cards as cardsPtBr } from './pt-BR/cards.ts';
import { pulseTexts as pulsePtBr } from './pt-BR/pulse.ts';
import { texts as textsPtBr } from './pt-BR/texts.ts';
import { cards as cardsUk } from './uk/cards.ts';
import { pulseTexts as pulseUk } from './uk/pulse.ts';
import { texts as textsUk } from './uk/texts.ts';

/** Texts by language and namespace: `cards`, and everything of texts.ts and pulse.ts, each group by its own name. */
export const RESOURCES = {
  en: { cards: cardsEn, ...pulseEn, ...textsEn },
  it: { cards: cardsIt, ...pulseIt, ...textsIt },
  pl: { cards: cardsPl, ...pulsePl, ...textsPl },
  uk: { cards: cardsUk, ...pulseUk, ...textsUk },
  'pt-BR': { cards: cardsPtBr, ...pulsePtBr, ...textsPtBr },
} satisfies Record<Locale, object>;
