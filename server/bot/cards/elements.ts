import type { IAdaptiveCard, IChoiceSetInput, IExecuteAction, ITextBlock, ITextInput } from '@microsoft/teams.cards';
import type { OutgoingCard } from '../../ports.ts';
import type { CardAction } from '../../contract/cards.ts';
import type { ReaderTexts } from '../../locales/create-texts.ts';

/*
 * The few elements our cards are made of. Adaptive Cards 1.5, the newest that bots may use in Teams (platform.md 6.4).
 * Texts of people come here cleaned or escaped already: TextBlocks read Markdown, labels and choices do not.
 */

export type CardBody = IAdaptiveCard['body'];
export type CardElement = CardBody[number];

/** Choices may not have an empty value, so "none" has a name; `parseAction` leaves it out again. */
export const NO_CHOICE = 'none';

export interface Choice {
  title: string;
  value: string;
}

export const heading = (text: string): ITextBlock => ({
  type: 'TextBlock',
  text,
  wrap: true,
  size: 'Medium',
  weight: 'Bolder',
  style: 'heading',
});

export const paragraph = (
  text: string,
  more: Partial<Pick<ITextBlock, 'isSubtle' | 'spacing' | 'weight'>> = {},
): ITextBlock => ({
  type: 'TextBlock',
  text,
  wrap: true,
  ...more,
});

/** Small print: who sees a field, what happens next. */
export const smallPrint = (text: string): ITextBlock => ({ ...paragraph(text, { isSubtle: true }), size: 'Small' });

/** Lines with a dot each; nothing for an empty list. */
export const lines = (title: string, texts: readonly string[]): ITextBlock[] =>
  texts.length === 0
    ? []
    : [paragraph(title, { weight: 'Bolder' }), ...texts.map((text) => paragraph(`• ${text}`, { spacing: 'Small' }))];

/** A label that says the question and, before anybody types, who sees the answer (product.md F3). */
export const labelOf = (question: string, seen: string): string => `${question} · ${seen}`;

/** A choice among `choices`; required ones say so in the reader's language when they are left empty. */
export const choiceSet = (
  input: Pick<IChoiceSetInput, 'isMultiSelect' | 'style' | 'value'> & { id: string; label: string; choices: Choice[] },
  errorMessage?: string,
): IChoiceSetInput => ({
  type: 'Input.ChoiceSet',
  wrap: true,
  ...input,
  isRequired: errorMessage !== undefined,
  ...(errorMessage === undefined ? {} : { errorMessage }),
});

/** One optional line of text, clipped by Teams at `maxLength`. */
export const textInput = (id: string, label: string, maxLength: number, value?: string): ITextInput => ({
  type: 'Input.Text',
  id,
  label,
  maxLength,
  isMultiline: maxLength > 200,
  isRequired: false,
  ...(value ? { value } : {}),
});

type Sent<T> = T extends { verb: string } ? Partial<T> & Pick<T, 'verb'> : never;

/**
 * A button that reaches the bot. `data` is what contract/cards.ts reads; inputs are merged into it unless `alone`. Old
 * clients that know no Action.Execute send the same data as a message.
 */
export function execute(
  title: string,
  data: Sent<CardAction>,
  { isPrimary = false, alone = false }: { isPrimary?: boolean; alone?: boolean } = {},
): IExecuteAction {
  const associatedInputs = alone ? ('none' as const) : ('auto' as const);
  return {
    type: 'Action.Execute',
    title,
    verb: data.verb,
    data: { ...data },
    associatedInputs,
    ...(isPrimary ? { style: 'positive' as const } : {}),
    fallback: { type: 'Action.Submit', title, data: { ...data }, associatedInputs },
  };
}

/** The finished card. `summary` (plain text) is what notifications, screen readers and old clients show. */
export function finishCard(summary: string, body: CardBody): OutgoingCard {
  const card: IAdaptiveCard = {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    speak: summary,
    fallbackText: summary,
    body,
  };
  return { summary, card: { ...card } };
}

/** `Thursday` where a line begins with it. */
export const capitalize = (text: string, { locale }: ReaderTexts): string =>
  text.slice(0, 1).toLocaleUpperCase(locale) + text.slice(1);

/** Names a session in a card's data, and where it is not the first which of its dates: an old card answers for no newer one. */
export const dateOf = ({
  sessionId,
  attempt = 1,
}: {
  sessionId: string;
  attempt?: number;
}): { sessionId: string; attempt?: number } => ({ sessionId, ...(attempt > 1 ? { attempt } : {}) });
