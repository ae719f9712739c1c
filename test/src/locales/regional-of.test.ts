import { describe, expect, it } from 'vitest';
import { formatsOf } from '../../../src/locales/formats.ts';
import { regionalOf } from '../../../src/locales/regional-of.ts';

describe('regionalOf', () => {
  it('takes the region of a host that speaks the same language', () => {
    expect(regionalOf('en', 'en-gb')).toBe('en-GB');
    expect(regionalOf('pt-BR', 'pt_PT')).toBe('pt-PT');
    const london = formatsOf(regionalOf('en', 'en-gb'), 'Europe/London');
    expect(london.day('2026-11-09T13:30:00Z')).toBe('Monday 9 November');
    expect(london.time('2026-11-09T13:30:00Z')).toBe('13:30');
  });

  it('keeps the language of the page in a host of another one', () => {
    expect(regionalOf('it', 'en-gb')).toBe('it');
    expect(regionalOf('pt-BR', 'en-us')).toBe('pt-BR');
    expect(regionalOf('uk', 'not a tag!')).toBe('uk');
  });
});
