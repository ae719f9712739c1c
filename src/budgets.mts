import { readFileSync } from 'node:fs';
import type { Budgets } from './check-budgets.mts';

/** What a page needs before it shows anything, whatever it shows. */
const START = ['components/start-page.tsx', 'host/choose-host.ts', 'api/read-config.ts'];
const TAB = ['tab/main.tsx', ...START, 'tab/App.tsx', 'tab/pages/HomePage.tsx', 'host/teams.ts'];
const PANE = ['taskpane/main.tsx', ...START, 'taskpane/TaskPane.tsx', 'host/outlook.ts', 'host/nested-app-auth.ts'];

/** What is loaded in Teams and in Outlook, each with the greatest language. */
export const budgetsOf = (root: string): Budgets => ({
  pages: [
    { name: 'tab in Teams until home is on screen', modules: TAB, texts: ['app'], mostKilobytes: 230 },
    {
      name: 'tab in Teams, home with every question',
      modules: TAB,
      texts: ['app'],
      andLater: /^tab\/home\//,
      mostKilobytes: 240,
    },
    {
      name: 'pane in Outlook until partner and guide are on screen, besides the sign-in library',
      modules: PANE,
      texts: ['app'],
      without: ['@azure/msal-browser'],
      mostKilobytes: 185,
    },
    {
      name: 'pane in Outlook in all',
      modules: PANE,
      texts: ['app'],
      andLater: /^(tab\/home|taskpane|components)\//,
      mostKilobytes: 320,
    },
  ],
  later: [
    {
      after: 'tab in Teams until home is on screen',
      modules: /^(tab|components)\//,
      mostKilobytes: 90,
      besides: { modules: /\/node_modules\/@fluentui\/react-charts\//, mostKilobytes: 100 },
      textsOf: (module) => textsOfPage(readFileSync(`${root}tab/App.tsx`, 'utf8'), module),
    },
  ],
});

/** The texts that are loaded together with a page, from the source in which it is loaded on demand. */
export function textsOfPage(source: string, module: string): string[] {
  const file = module.slice(module.lastIndexOf('/') + 1);
  const own = source.split(/\blazy\(/).find((part) => part.includes(`/${file}'`) && part.includes('import(')) ?? '';
  return [...own.split('\n);')[0]!.matchAll(/loadTexts\('([\w-]+)'\)/g)].map(([, name]) => name!);
}
