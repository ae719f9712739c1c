// @vitest-environment jsdom
import * as adaptiveCards from 'adaptivecards';
import { describe, expect, test } from 'vitest';
import type { CardMessage } from '../../../server/contract/card-messages.ts';
import { LOCALES, NOTE_READERS } from '../../../server/contract/vocabulary.ts';
import { parseAction } from '../../../server/bot/parse-action.ts';
import { createCardRenderer } from '../../../server/bot/render-card.ts';
import { loadContent } from '../../../server/locales/load-content.ts';
import { everyMessage, PAIR, SESSION } from './messages.ts';

const renderCard = createCardRenderer(loadContent(null));

type Json = Record<string, unknown>;

/** All objects inside, whatever holds them. */
function walk(value: unknown): Json[] {
  if (Array.isArray(value)) return value.flatMap(walk);
  if (typeof value !== 'object' || value === null) return [];
  return [value as Json, ...Object.values(value).flatMap(walk)];
}
const ofType = (card: unknown, type: string) => walk(card).filter((item) => item['type'] === type);
const cardOf = (message: CardMessage) => renderCard(message, 'en', 'Europe/Rome').card;
const find = (kind: CardMessage['kind'], nth = 0) =>
  everyMessage('Ann').filter((message) => message.kind === kind)[nth] as CardMessage;

/** What Microsoft's own parser and validator say of a card. */
function judge(card: Json): string[] {
  const context = new adaptiveCards.SerializationContext(adaptiveCards.Versions.v1_5);
  const parsed = new adaptiveCards.AdaptiveCard();
  parsed.parse(structuredClone(card), context);
  const events = Array.from({ length: context.eventCount }, (_, i) => context.getEventAt(i).message);
  return [...events, ...parsed.validateProperties().validationEvents.map(({ message }) => message)];
}

test('the judge finds faults', () => {
  expect(judge({ type: 'AdaptiveCard', version: '1.5', body: [{ type: 'Nonsense' }] })).not.toEqual([]);
});

describe.each(LOCALES)('every card in %s', (locale) => {
  const cards = everyMessage('Łucja O’Brien & Søn', locale).map(
    (message) => [message.kind, renderCard(message, locale, 'America/Sao_Paulo')] as const,
  );

  test.each(cards)('%s is a valid card', (_, { summary, card }) => {
    expect(judge(card)).toEqual([]);
    expect(card['version']).toBe('1.5');
    expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThan(20_000);
    expect(JSON.stringify(card)).not.toMatch(/\{\{|cards:|undefined|NaN/);
    for (const text of [summary, card['speak'], card['fallbackText']]) expect(text).toMatch(/\S{2}/);
  });

  test.each([
    ['families', '👨‍👩‍👧‍👦'.repeat(91)],
    ['marked letters', `e${'\u0353'.repeat(5)}`.repeat(166)],
    ['signs of Markdown', '*'.repeat(1_000)],
    ['three bytes each', '漢'.repeat(1_000)],
    ['four bytes each', '𠀀'.repeat(500)],
  ])('no card is larger than Teams takes, though everybody wrote as much as they may: %s', (_, text) => {
    for (const message of everyMessage(text, locale)) {
      const { card } = renderCard(message, locale, 'America/Sao_Paulo');
      expect([message.kind, Buffer.byteLength(JSON.stringify(card))]).toEqual([
        message.kind,
        expect.toSatisfy((size: number) => size < 20_000),
      ]);
    }
  });

  test.each(cards)('%s has labelled inputs and actions for old and new clients', (_, { card }) => {
    for (const input of walk(card).filter(({ type }) => String(type).startsWith('Input.'))) {
      expect(input['label']).toMatch(/\S/);
      if (input['isRequired'] === true) expect(input['errorMessage']).toMatch(/\S/);
    }
    const sets = ofType(card, 'ActionSet');
    expect(card).not.toHaveProperty('actions');
    const shown = sets.flatMap((set) => set['actions'] as Json[]);
    expect(shown.length).toBeLessThanOrEqual(6);
    for (const action of ofType(card, 'Action.Execute')) {
      const fallback = action['fallback'] as Json;
      expect(fallback['type']).toBe('Action.Submit');
      expect(fallback['data']).toEqual(action['data']);
      expect(action['verb']).toBe((action['data'] as Json)['verb']);
      expect(shown).toContain(action);
    }
  });
});

/** What the inputs of a card send when nobody changes them. */
const preset = (card: Json): Json =>
  Object.fromEntries(
    walk(card)
      .filter(({ type, value }) => String(type).startsWith('Input.') && value !== undefined)
      .map(({ id, value }) => [String(id), value]),
  );

test('what every button sends is read by the contract', () => {
  const typed = {
    topics: 'short-video',
    topic1: 'short-video',
    level1: '3',
    tookPlace: 'yes',
    offer: '0',
    address: 'ann@contoso.example',
  };
  const seen = new Set<string>();
  for (const message of everyMessage('Ann')) {
    const card = cardOf(message);
    for (const action of ofType(card, 'Action.Execute')) {
      const inputs = action['associatedInputs'] === 'none' ? {} : { ...preset(card), ...typed };
      const parsed = parseAction({
        action: { verb: action['verb'], data: { ...inputs, ...(action['data'] as Json) } },
      });
      expect(parsed).toMatchObject({ ok: true, action: action['data'] });
      expect(JSON.stringify(parsed)).not.toContain('none');
      seen.add(String(action['verb']));
    }
  }
  expect([...seen].sort()).toEqual([
    'assistant.name',
    'contact.ask',
    'feedback.edit',
    'feedback.submit',
    'goals.answer',
    'join.answer',
    'mentor.answer',
    'pair.leave',
    'pair.restart',
    'proposal.answer',
    'proposal.show',
    'pulse.anotherMatch',
    'session.newTime',
  ]);
});

test('the executive answers with one tap: five degrees or "did not take place", and no field', () => {
  const card = cardOf(find('feedbackMentee'));
  expect(walk(card).filter(({ type }) => String(type).startsWith('Input.'))).toEqual([]);
  expect(ofType(card, 'Action.Execute').map(({ data }) => data)).toEqual([
    ...['5', '4', '3', '2', '1'].map((usefulness) => ({
      verb: 'feedback.submit',
      sessionId: SESSION,
      tookPlace: 'yes',
      usefulness,
    })),
    { verb: 'feedback.submit', sessionId: SESSION, tookPlace: 'no' },
  ]);
});

test.each<[CardMessage['kind'], number]>([
  ['feedbackMentor', 0],
  ['feedbackMentor', 3],
  ['feedbackMentee', 0],
  ['feedbackMentee', 1],
  ['feedbackMentee', 4],
  ['feedbackMentee', 5],
  ['feedbackThanks', 0],
])('every button of %s (%i) names the date that it is about, where it is not the first', (kind, nth) => {
  const message = find(kind, nth);
  expect('isPulse' in message).toBe(nth > 2);
  const datesOf = (attempt: number | undefined) =>
    ofType(cardOf({ ...message, ...(attempt === undefined ? {} : { attempt }) }), 'Action.Execute').map(
      ({ data }) => (data as { attempt?: number }).attempt,
    );
  expect(datesOf(2).length).toBeGreaterThan(0);
  expect(new Set(datesOf(2))).toEqual(new Set([2]));
  for (const first of [1, undefined]) expect(new Set(datesOf(first))).toEqual(new Set([undefined]));
});

test('without a time and without a date to keep there is one button, and no day to answer by', () => {
  const none = everyMessage('Ann').find(
    (message) => message.kind === 'newTime' && message.starts.length === 0 && !message.canKeep,
  );
  const card = cardOf(none!);
  expect(ofType(card, 'Action.Execute').map(({ data }) => (data as { answer: string }).answer)).toEqual(['skip']);
  expect(JSON.stringify(card)).not.toContain('Please answer by');
  expect(JSON.stringify(cardOf(find('newTime')))).toContain('Please answer by');
});

describe('the pulse', () => {
  const inputsOf = (card: Json) => walk(card).filter(({ type }) => String(type).startsWith('Input.'));
  const pulses = everyMessage('Ann').filter((message) => 'isPulse' in message && message.kind !== 'feedbackThanks');

  test('asks three questions, each with who sees the answer, and none of the usual ones', () => {
    for (const message of pulses) {
      const inputs = inputsOf(cardOf(message));
      const ids = inputs.map(({ id }) => id).filter((id) => id !== 'tookPlace');
      expect(ids).toEqual(['rightMatch', 'safeToSpeak', 'taughtBy']);
      for (const input of inputs) expect(input['label']).toMatch(/· (Seen by|Seen only)/);
    }
  });

  test('asks the executive nothing more: whether it took place is said by the button', () => {
    const card = cardOf(pulses.find(({ kind }) => kind === 'feedbackMentee')!);
    expect(inputsOf(card).map(({ isRequired }) => isRequired)).toEqual([false, false, false]);
    expect(ofType(card, 'Action.Execute').map(({ data }) => data)).toEqual([
      { verb: 'feedback.submit', sessionId: SESSION, tookPlace: 'yes' },
      { verb: 'feedback.submit', sessionId: SESSION, tookPlace: 'no' },
    ]);
  });

  test('opened again holds what was said', () => {
    expect(preset(cardOf(pulses.at(-1)!))).toEqual({ rightMatch: 'unsure', safeToSpeak: '1', taughtBy: 'both' });
  });

  test('shows three ways, each with what it sends; to stop takes a second press', () => {
    const card = cardOf(find('pulseWays'));
    expect(ofType(card, 'Action.Execute').map(({ verb }) => verb)).toEqual([
      'contact.ask',
      'pulse.anotherMatch',
      'pair.leave',
      'feedback.edit',
    ]);
    const hidden = walk(card).find(({ id }) => id === 'leave')!;
    expect(hidden['isVisible']).toBe(false);
    expect(ofType(hidden, 'Action.Execute').map(({ verb }) => verb)).toEqual(['pair.leave']);
    expect(JSON.stringify(cardOf(find('pulseWays', 1)))).not.toContain('contact.ask');
  });

  test('tells the safe contact a name, and nothing else of anybody', () => {
    const card = cardOf({ kind: 'contactRequest', personName: 'Ann Other' });
    expect(ofType(card, 'Action.Execute')).toEqual([]);
    expect(JSON.stringify(card)).toContain('Ann Other');
  });
});

test('the form opened again holds what was said', () => {
  expect(preset(cardOf(find('feedbackMentee', 1)))).toEqual({
    tookPlace: 'yes',
    usefulness: '4',
    nextTopic: 'short-video',
    noteReader: 'onlyMe',
    note: 'Ann',
  });
});

test('above the optional line the writer picks who reads it, the group by default', () => {
  const inputs = walk(cardOf(find('feedbackMentor'))).filter(({ type }) => String(type).startsWith('Input.'));
  const ids = inputs.map(({ id }) => id);
  expect(ids.indexOf('noteReader')).toBe(ids.indexOf('note') - 1);
  const reader = inputs.find(({ id }) => id === 'noteReader');
  expect(reader?.['value']).toBe('programTeamGrouped');
  expect((reader?.['choices'] as Json[]).map(({ value }) => value)).toEqual(NOTE_READERS);
});

test('a proposal holds mentor, reasons, agreement and three times, with dates and what moved ones cost', () => {
  const card = cardOf(find('proposal'));
  const text = JSON.stringify(card);
  expect((ofType(card, 'Input.ChoiceSet')[0]?.['choices'] as Json[]).map(({ title }) => title)).toEqual([
    'Thursday, 9:30 AM (fits most dates)',
    'Thursday, 9:30 AM (best time of day)',
    'Thursday, 9:30 AM (starts earliest)',
  ]);
  // Across the end of summer time in Rome the same instant of day would be another wall time; the dates say so.
  expect(text).toContain('Thursday, 9:30 AM: Oct 15 · Nov 12 8:30 AM');
  expect(text).toContain('1 date is at another time and comes as one more mail.');
  expect(text).toContain('Covers 2 of your 3 goals:');
  expect(ofType(card, 'Container')[0]).toMatchObject({ id: 'agreement', isVisible: false });
  expect(ofType(card, 'Action.Execute').map(({ data }) => (data as Json)['answer'])).toEqual([
    'agree',
    'anotherTime',
    'anotherMentor',
    'askAssistant',
  ]);
  expect(ofType(card, 'Action.Execute')[0]).toMatchObject({ style: 'positive', data: { pairId: PAIR } });
});

test('without an offer nothing can be agreed to', () => {
  const answers = ofType(cardOf(find('proposal', 1)), 'Action.Execute').map(({ data }) => (data as Json)['answer']);
  expect(answers).toEqual(['anotherTime', 'anotherMentor', 'askAssistant']);
});

test('the mentor is asked without the goals of the executive', () => {
  const text = JSON.stringify(cardOf(find('mentorQuestion')));
  expect(text).not.toContain('Generative AI');
  expect(text).toContain('2 of 3 topics');
  expect(text).toContain('An interest you share: Ann.');
});

test('only a Teams meeting can be opened', () => {
  const urls = [
    'javascript:alert(1)',
    'data:text/html,x',
    '//evil.example/x',
    'http://teams.microsoft.com/x',
    'https://teams.microsoft.com.evil.example/x',
    'https://a@teams.microsoft.com/x',
  ];
  for (const joinUrl of urls) {
    const card = cardOf({ ...(find('booked') as Extract<CardMessage, { kind: 'booked' }>), joinUrl });
    expect(ofType(card, 'Action.OpenUrl'), joinUrl).toEqual([]);
    expect(JSON.stringify(card)).not.toContain('evil');
  }
  expect(ofType(cardOf(find('booked')), 'Action.OpenUrl')).toHaveLength(1);
});

test('a zone that does not exist is an error, never UTC', () => {
  expect(() => renderCard({ kind: 'welcome' }, 'en', 'Mars/Base')).toThrow(RangeError);
});
