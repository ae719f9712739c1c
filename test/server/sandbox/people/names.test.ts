import { describe, expect, it } from 'vitest';
import { namePerson, transliterate } from '../../../../server/sandbox/people/names.ts';

describe('transliterate', () => {
  it.each([
    ['Згурський', 'Zghurskyi'],
    ['Єнакієве', 'Yenakiieve'],
    ['Юрій', 'Yurii'],
    ['Щербак', 'Shcherbak'],
    ['Ґалаґан', 'Galagan'],
    ['Їжакевич', 'Yizhakevych'],
  ])('%s is %s', (cyrillic, latin) => {
    expect(transliterate(cyrillic)).toBe(latin);
  });
});

describe('namePerson', () => {
  it.each(['en', 'it', 'pl', 'uk', 'pt-BR'] as const)(
    'gives %s names a plain mail name, the same for the same parts',
    (locale) => {
      const names = Array.from({ length: 300 }, (_, i) => namePerson(locale, 7, i));
      expect(names).toEqual(Array.from({ length: 300 }, (_, i) => namePerson(locale, 7, i)));
      expect(new Set(names.map(({ displayName }) => displayName)).size).toBeGreaterThan(150);
      for (const { mailName, displayName, givenName, surname } of names) {
        expect(mailName).toMatch(/^[a-z]{2,}\.[a-z]{2,}$/);
        expect(displayName).toBe(`${givenName} ${surname}`);
        expect(displayName).not.toContain('/');
      }
    },
  );

  it('shows about half of the Ukrainian names in Cyrillic', () => {
    const shown = Array.from({ length: 400 }, (_, i) => namePerson('uk', i).displayName);
    const cyrillic = shown.filter((name) => /[а-яґєії]/.test(name)).length;
    expect(cyrillic).toBeGreaterThan(150);
    expect(cyrillic).toBeLessThan(250);
  });
});
