type Json = Record<string, unknown>;

/** An input of an Adaptive Card, with what decides how a person fills it. */
export interface CardInput {
  id: string;
  kind: 'choices' | 'text' | 'number' | 'toggle' | 'date' | 'time';
  isRequired: boolean;
  /** False: the person cannot change it, its value is sent as it is. */
  isVisible: boolean;
  value: string;
  choices: string[];
  isMultiSelect: boolean;
  min: number | null;
  max: number | null;
  maxLength: number | null;
  /** Of a toggle. */
  valueOn: string;
  valueOff: string;
}

/** An action that reaches the bot, and the inputs that travel with it. */
export interface CardAction {
  /** As it stands in the card. */
  action: Json;
  verb: string;
  inputs: CardInput[];
}

/** What a person can do with a card. The primary action comes first. */
export interface CardContent {
  actions: CardAction[];
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const list = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isObject) : []);
const text = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
const number = (value: unknown): number | null => (typeof value === 'number' && Number.isFinite(value) ? value : null);

const KINDS: Record<string, CardInput['kind']> = {
  'Input.ChoiceSet': 'choices',
  'Input.Text': 'text',
  'Input.Number': 'number',
  'Input.Rating': 'number',
  'Input.Toggle': 'toggle',
  'Input.Date': 'date',
  'Input.Time': 'time',
};

function readInput(element: Json, isVisible: boolean): CardInput | null {
  const kind = KINDS[text(element.type)];
  const id = text(element.id);
  if (!kind || id === '') return null;
  const isRating = element.type === 'Input.Rating';
  return {
    id,
    kind,
    isRequired: element.isRequired === true,
    isVisible,
    value: text(element.value),
    choices: list(element.choices).map((choice) => text(choice.value)),
    isMultiSelect: element.isMultiSelect === true,
    min: number(element.min) ?? (isRating ? 1 : null),
    max: number(element.max) ?? (isRating ? 5 : null),
    maxLength: number(element.maxLength),
    valueOn: text(element.valueOn) || 'true',
    valueOff: text(element.valueOff) || 'false',
  };
}

/** Members that hold elements, actions or cards inside an element: body, columns, rows of a table, cells, pages. */
const HOLDERS = ['body', 'items', 'columns', 'rows', 'cells', 'pages'] as const;

/**
 * Reads a card as a person does: every input, and every action that executes, also inside containers, action sets and
 * nested cards. An action of a nested card carries that card's inputs and those around it, as Teams sends them; with
 * `associatedInputs: 'none'` it carries none.
 */
export function readCard(card: Record<string, unknown>): CardContent {
  const actions: CardAction[] = [];

  const readLevel = (holder: Json, outer: CardInput[]): void => {
    const inputs = [...outer];
    const found: Json[] = [];
    const visit = (element: Json, isVisible: boolean): void => {
      const shown = isVisible && element.isVisible !== false;
      const input = readInput(element, shown);
      if (input) inputs.push(input);
      // The body comes before the buttons below it.
      for (const name of HOLDERS) for (const child of list(element[name])) visit(child, shown);
      if (shown) {
        found.push(...list(element.actions));
        if (isObject(element.selectAction)) found.push(element.selectAction);
        if (isObject(element.inlineAction)) found.push(element.inlineAction);
      }
    };
    visit(holder, true);
    for (const action of found) {
      if (action.type === 'Action.Execute' && action.isEnabled !== false) {
        actions.push({ action, verb: text(action.verb), inputs: action.associatedInputs === 'none' ? [] : inputs });
      } else if (action.type === 'Action.ShowCard' && isObject(action.card)) {
        readLevel(action.card, inputs);
      }
    }
  };
  readLevel(card, []);
  const primary = actions.findIndex(({ action }) => action.style === 'positive');
  if (primary > 0) actions.unshift(...actions.splice(primary, 1));
  return { actions };
}
