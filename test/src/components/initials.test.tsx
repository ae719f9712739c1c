import { render } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { Initials, initialsOf } from '../../../src/components/Initials.tsx';

describe('initials', () => {
  it.each([
    ['Ada Rossi', 'AR'],
    ['Ada M. Rossi (Milano)', 'AR'],
    ['олена бондаренко', 'ОБ'],
    ['Łukasz', 'Ł'],
    ['  ', ''],
    ['李 𠮷野', '李𠮷'],
  ])('of "%s" are "%s"', (name, initials) => expect(initialsOf(name)).toBe(initials));

  it('have one color for one person, and are not read out beside the name', () => {
    const classOf = (personId: string): string => {
      const { container, unmount } = render(<Initials name="Ada Rossi" personId={personId} />);
      const shown = container.firstElementChild!;
      expect(shown.getAttribute('aria-hidden')).toBe('true');
      const { className } = shown;
      unmount();
      return className;
    };
    expect(classOf('a')).toBe(classOf('a'));
    expect(new Set(['a', 'b', 'c', 'd', 'e', 'f'].map(classOf)).size).toBe(6);
  });
});
