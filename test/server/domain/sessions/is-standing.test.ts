import { expect, test } from 'vitest';
import { isStanding } from '../../../../server/domain/sessions/is-standing.ts';

test.each([
  ['booked', 'open', true],
  ['booked', 'presumed', true],
  ['booked', 'confirmed', true],
  ['booked', 'notHeld', false],
  ['planned', 'open', false],
  ['cancelled', 'open', false],
  ['cancelled', 'notHeld', false],
  ['declined', 'open', false],
  ['deleted', 'open', false],
] as const)('a session that is %s and %s: %s', (state, held, expected) => {
  expect(isStanding({ state, held })).toBe(expected);
});
