import { cleanup, configure } from '@testing-library/react';
import { afterEach, vi } from 'vitest';

// Pages load parts of themselves on demand, which takes its time on a busy machine.
configure({ asyncUtilTimeout: 10_000 });

// jsdom has none of these; Fluent and our pages ask for them.
window.matchMedia = (query: string) =>
  ({
    matches: false,
    media: query,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }) as unknown as MediaQueryList;
window.ResizeObserver ??= class {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
};
window.scrollTo = () => undefined;
// Cards are written with innerText.
Object.defineProperty(HTMLElement.prototype, 'innerText', {
  configurable: true,
  get(this: HTMLElement) {
    return this.textContent;
  },
  set(this: HTMLElement, text: string) {
    this.textContent = text;
  },
});
Element.prototype.scrollIntoView = () => undefined;

afterEach(async () => {
  cleanup();
  vi.unstubAllGlobals();
  localStorage.clear();
  sessionStorage.clear();
  location.hash = '';
  // Fluent's focus keeper works once more after unmounting and would otherwise not find the document.
  await new Promise((resolve) => setTimeout(resolve, 0));
});
