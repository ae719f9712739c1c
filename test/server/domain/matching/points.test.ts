import { describe, expect, it } from 'vitest';
import { keyOf } from '../../../../server/domain/matching/points.ts';

describe('keyOf', () => {
  it('is the same for one text, however it is spaced, written and coded', () => {
    expect(keyOf(' \u0141\u0105CZNOS\u0301C\u0301 ')).toBe(keyOf('\u0142a\u0328czno\u015b\u0107'));
  });
});
