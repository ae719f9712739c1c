import { describe, expect, it } from 'vitest';
import { fillInputs } from '../../../../server/sandbox/people/fill-inputs.ts';
import { readCard, type CardInput } from '../../../../server/sandbox/people/read-card.ts';

const choice = (id: string, values: string[], more: object = {}): object => ({
  type: 'Input.ChoiceSet',
  id,
  choices: values.map((value) => ({ title: value, value })),
  ...more,
});

const CARD = {
  type: 'AdaptiveCard',
  body: [
    { type: 'Container', items: [choice('one', ['a', 'b', 'c'], { value: 'b' })] },
    { type: 'ColumnSet', columns: [{ type: 'Column', items: [{ type: 'Input.Text', id: 'line' }] }] },
    { type: 'Input.Text', id: 'secret', isVisible: false, value: 'kept' },
    { type: 'ActionSet', actions: [{ type: 'Action.Execute', verb: 'later', data: {} }] },
  ],
  actions: [
    { type: 'Action.OpenUrl', url: 'https://example.com' },
    { type: 'Action.Execute', verb: 'send', style: 'positive' },
    { type: 'Action.Execute', verb: 'skip', associatedInputs: 'none' },
    {
      type: 'Action.ShowCard',
      card: {
        type: 'AdaptiveCard',
        body: [{ type: 'Input.Toggle', id: 'inner' }],
        actions: [{ type: 'Action.Execute', verb: 'inside' }],
      },
    },
  ],
};

const fill = (input: Partial<CardInput> & Pick<CardInput, 'kind'>, salt: number, language = 'en-US'): string => {
  const whole: CardInput = {
    id: 'x',
    isRequired: false,
    isVisible: true,
    value: '',
    choices: [],
    isMultiSelect: false,
    min: null,
    max: null,
    maxLength: null,
    valueOn: 'true',
    valueOff: 'false',
    ...input,
  };
  return fillInputs([whole], { language, today: '2026-10-01', parts: [salt] }).x ?? '';
};
const many = (input: Partial<CardInput> & Pick<CardInput, 'kind'>, language?: string): string[] =>
  Array.from({ length: 300 }, (_, salt) => fill(input, salt, language));
const share = (values: string[], value: string): number => values.filter((v) => v === value).length / values.length;

describe('readCard', () => {
  it('finds every action that executes, the primary one first', () => {
    expect(readCard(CARD).actions.map(({ verb }) => verb)).toEqual(['send', 'later', 'skip', 'inside']);
  });

  it('gives each action the inputs that travel with it', () => {
    const inputs = Object.fromEntries(readCard(CARD).actions.map((a) => [a.verb, a.inputs.map(({ id }) => id)]));
    expect(inputs).toEqual({
      send: ['one', 'line', 'secret'],
      later: ['one', 'line', 'secret'],
      skip: [],
      inside: ['one', 'line', 'secret', 'inner'],
    });
  });

  it('survives cards that are not cards', () => {
    for (const card of [{}, { body: 'x', actions: [null, 3] }, { body: [{ type: 'Input.Text' }] }]) {
      expect(readCard(card).actions).toEqual([]);
    }
  });
});

describe('fillInputs', () => {
  it('prefers what the card pre-selects, and else chooses among the choices only', () => {
    const values = many({ kind: 'choices', choices: ['a', 'b', 'c'], value: 'b' });
    expect(share(values, 'b')).toBeGreaterThan(0.6);
    expect(new Set(values)).toEqual(new Set(['a', 'b', 'c']));
  });

  it('says yes more often than no', () => {
    expect(share(many({ kind: 'choices', choices: ['yes', 'no'], isRequired: true }), 'yes')).toBeGreaterThan(0.8);
  });

  it('chooses one to three of several', () => {
    for (const value of many({ kind: 'choices', choices: ['a', 'b', 'c', 'd'], isMultiSelect: true })) {
      const chosen = value.split(',');
      expect(chosen.length).toBeLessThanOrEqual(3);
      expect([...chosen].sort()).toEqual(chosen);
      for (const one of chosen) expect('abcd').toContain(one);
    }
  });

  it('stays inside the range of numbers and leaves few empty', () => {
    const values = many({ kind: 'number', min: 2, max: 4 });
    expect(new Set(values)).toEqual(new Set(['', '2', '3', '4']));
    expect(share(values, '')).toBeLessThan(0.2);
  });

  it('mostly leaves text empty, writes in the person’s language and keeps to the length', () => {
    const values = many({ kind: 'text', maxLength: 12 }, 'uk-UA');
    expect(share(values, '')).toBeGreaterThan(0.7);
    for (const value of values.filter((v) => v !== '')) {
      expect(value).toMatch(/[а-яі]/);
      expect(value.length).toBeLessThanOrEqual(12);
    }
    expect(share(many({ kind: 'text', isRequired: true }), '')).toBe(0);
  });

  it('sends hidden inputs as they are and switches on what must be on', () => {
    expect(share(many({ kind: 'text', isVisible: false, value: 'kept' }), 'kept')).toBe(1);
    expect(share(many({ kind: 'toggle', isRequired: true, valueOn: 'yes' }), 'yes')).toBe(1);
    expect(fill({ kind: 'date', isRequired: true }, 1)).toBe('2026-10-01');
  });
});
