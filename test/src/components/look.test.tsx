import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { LookSwitch } from '../../../src/components/LookSwitch.tsx';
import { useLook } from '../../../src/components/look.ts';
import { Themed } from '../../../src/components/Themed.tsx';
import type { HostTheme } from '../../../src/host/host.ts';
import { showLocale } from '../../../src/locales/show-locale.ts';
import { makeHost } from '../make/make-host.ts';

const Shown = () => <output>{useLook().theme}</output>;
const theme = (): string | null => screen.getByRole('status').textContent;

beforeEach(() => showLocale('en'));

describe('Themed', () => {
  it('follows the host and offers no choice inside one', () => {
    let tell: (next: HostTheme) => void = () => undefined;
    const host = makeHost({
      theme: 'dark',
      onTheme: (listener) => {
        tell = listener;
        return () => undefined;
      },
    });
    render(
      <Themed host={host}>
        <Shown />
        <LookSwitch />
      </Themed>,
    );
    expect(theme()).toBe('dark');
    act(() => tell('contrast'));
    expect(theme()).toBe('contrast');
    expect(document.documentElement.style.colorScheme).toBe('dark');
    expect(screen.queryByRole('combobox')).toBeNull();
  });

  it('keeps the choice made in a browser', async () => {
    const page = (
      <Themed host={makeHost({ name: 'browser' })}>
        <Shown />
        <LookSwitch />
      </Themed>
    );
    const { unmount } = render(page);
    expect(theme()).toBe('default');
    await userEvent.selectOptions(await screen.findByRole('combobox', { name: 'Appearance' }), 'contrast');
    expect(theme()).toBe('contrast');
    unmount();
    render(page);
    expect(theme()).toBe('contrast');
  });
});
