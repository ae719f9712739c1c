import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
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
      texts: ownTexts(root),
    },
  ],
});

/** Names of the texts that single pages bring, beside those of all pages and of the sandbox. */
const ownTexts = (root: string): string[] =>
  readdirSync(`${root}locales/en`)
    .map((file) => basename(file, '.json'))
    .filter((name) => name !== 'app' && name !== 'sandbox');
