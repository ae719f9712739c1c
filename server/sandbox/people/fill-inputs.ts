import { chance, pick, pickIndex } from '../hash.ts';
import type { CardInput } from './read-card.ts';

type Parts = readonly (string | number)[];

/** What people write when they are asked why they take part. */
const MOTIVES: Record<string, readonly string[]> = {
  en: [
    'I like to explain things simply.',
    'I would like to learn how decisions are made.',
    'It is fun to show what works.',
  ],
  it: ['Mi piace spiegare in modo semplice.', 'Vorrei capire come si decide.', 'È bello mostrare ciò che funziona.'],
  pl: ['Lubię tłumaczyć prosto.', 'Chcę zrozumieć, jak zapadają decyzje.', 'Miło pokazać, co naprawdę działa.'],
  uk: ['Люблю пояснювати просто.', 'Хочу зрозуміти, як ухвалюють рішення.', 'Приємно показати, що справді працює.'],
  pt: ['Gosto de explicar de forma simples.', 'Quero entender como se decide.', 'É bom mostrar o que funciona.'],
};
const ASKS_WHY = /motiv|why/i;

/** What people write when they write at all. */
const SENTENCES: Record<string, readonly string[]> = {
  en: [
    'Very useful, thank you.',
    'I would like more examples next time.',
    'We ran out of time.',
    'Good questions on both sides.',
  ],
  it: ['Molto utile, grazie.', 'La prossima volta vorrei più esempi.', 'Il tempo è volato.', 'Ottime domande.'],
  pl: [
    'Bardzo przydatne, dziękuję.',
    'Następnym razem proszę o więcej przykładów.',
    'Zabrakło nam czasu.',
    'Świetna rozmowa.',
  ],
  uk: ['Дуже корисно, дякую.', 'Наступного разу хочу більше прикладів.', 'Забракло часу.', 'Чудова розмова.'],
  pt: ['Muito útil, obrigado.', 'Na próxima quero mais exemplos.', 'Faltou tempo.', 'Ótimas perguntas.'],
};

/** Share of the optional text fields that anybody fills. */
const WRITES = 0.2;
/** Share of pre-selected values that stay. */
const KEEPS = 0.7;

/** Scales are answered kindly: the upper end more often. */
function onScale(count: number, draw: number): number {
  return Math.min(count - 1, Math.floor(draw ** 0.55 * count));
}

/** Lists longer than this are of topics: some are on everybody's mind, so what is wished for and what is offered meet. */
const LONG_LIST = 6;

const unpopularity = (value: string): number => 0.4 + 0.6 * chance('popular', value);

function pickPopular(choices: readonly string[], parts: Parts): string {
  const draws = choices.map((value, i) => chance(...parts, 'choice', i) * unpopularity(value));
  return choices[draws.indexOf(Math.min(...draws))]!;
}

function fillChoices(input: CardInput, parts: Parts): string {
  const { choices } = input;
  if (choices.length === 0) return input.value;
  if (input.isMultiSelect) {
    const set = input.value.split(',').filter((value) => choices.includes(value));
    if (set.length > 0 && chance(...parts, 'keep') < KEEPS) return set.join(',');
    const fewest = choices.length > LONG_LIST ? 2 : 1;
    const count = fewest + pickIndex(Math.min(3, choices.length), ...parts, 'count');
    const order = choices.map((value, i) => [chance(...parts, 'choice', i) * unpopularity(value), value] as const);
    const chosen = new Set(
      order
        .sort((a, b) => a[0] - b[0])
        .slice(0, count)
        .map(([, value]) => value),
    );
    return choices.filter((value) => chosen.has(value)).join(',');
  }
  // The first of a long optional list is "none": most have something to say instead.
  const isNone = !input.isRequired && choices.length > LONG_LIST && input.value === choices[0];
  const keeps = isNone ? 1 - KEEPS : KEEPS;
  if (choices.includes(input.value) && chance(...parts, 'keep') < keeps) return input.value;
  if (!input.isRequired && input.value === '' && chance(...parts, 'skip') < 0.1) return '';
  if (choices.length > LONG_LIST) return pickPopular(isNone ? choices.slice(1) : choices, parts);
  const draw = chance(...parts, 'choice');
  // Yes comes before no.
  if (choices.length === 2) return choices[draw < 0.88 ? 0 : 1]!;
  if (choices.length > 2 && choices.every((value) => /^\d+$/.test(value)))
    return choices[onScale(choices.length, draw)]!;
  // Of three answers in words the first is the kindest.
  if (choices.length === 3) return choices[choices.length - 1 - onScale(choices.length, draw)]!;
  return choices[Math.floor(draw * choices.length)]!;
}

function fillNumber(input: CardInput, parts: Parts): string {
  if (input.value !== '' && chance(...parts, 'keep') < KEEPS) return input.value;
  if (!input.isRequired && input.value === '' && chance(...parts, 'skip') < 0.1) return '';
  const min = Math.ceil(input.min ?? 1);
  const max = Math.max(min, Math.floor(input.max ?? min + 9));
  return String(min + onScale(max - min + 1, chance(...parts, 'number')));
}

function fillText(input: CardInput, language: string, parts: Parts): string {
  if (input.value !== '') return input.value;
  if (!input.isRequired && chance(...parts, 'writes') >= WRITES) return '';
  const sentences = ASKS_WHY.test(input.id) ? MOTIVES : SENTENCES;
  const sentence = pick(sentences[language] ?? sentences.en!, ...parts, 'sentence');
  return input.maxLength === null ? sentence : sentence.slice(0, input.maxLength);
}

function fillToggle(input: CardInput, parts: Parts): string {
  if (input.isRequired) return input.valueOn;
  const other = input.value === input.valueOn ? input.valueOff : input.valueOn;
  return chance(...parts, 'toggle') < KEEPS ? input.value || input.valueOff : other;
}

/**
 * What a person enters, by input id. Decided by the parts and the input alone; `language` is a language tag or null,
 * `today` is `YYYY-MM-DD`. Empty values are left out, as Teams leaves them out.
 */
export function fillInputs(
  inputs: readonly CardInput[],
  { language, today, parts }: { language: string | null; today: string; parts: Parts },
): Record<string, string> {
  const filled: Record<string, string> = {};
  for (const input of inputs) {
    const own = [...parts, input.id];
    const value = ((): string => {
      if (!input.isVisible) return input.value;
      switch (input.kind) {
        case 'choices':
          return fillChoices(input, own);
        case 'number':
          return fillNumber(input, own);
        case 'text':
          return fillText(input, (language ?? 'en').slice(0, 2).toLowerCase(), own);
        case 'toggle':
          return fillToggle(input, own);
        case 'date':
          return input.value || (input.isRequired ? today : '');
        case 'time':
          return input.value || (input.isRequired ? '10:00' : '');
      }
    })();
    if (value !== '') filled[input.id] = value;
  }
  return filled;
}
