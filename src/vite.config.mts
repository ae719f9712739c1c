import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { budgetsOf } from './budgets.mts';
import { checkBudgets } from './check-budgets.mts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const BASE =
  /\/node_modules\/(react|react-dom|scheduler|i18next|react-i18next|@tanstack\/[\w-]+|zod|@griffel\/[\w-]+|stylis|rtl-css-js|keyborg|@fluentui\/(react-provider|tokens|react-shared-contexts|react-jsx-runtime|react-button))\//;

export default defineConfig({
  root: here('.'),
  base: '/',
  plugins: [react(), checkBudgets(here('.'), budgetsOf(here('.')))],
  build: {
    outDir: here('../dist/front'),
    emptyOutDir: true,
    target: 'es2022',
    // adaptivecards comes as one module; it is a lazy chunk of the sandbox page alone.
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        // What every page needs in one file: it is compressed better than in pieces, and asked for once.
        codeSplitting: { groups: [{ name: 'base', test: BASE }] },
      },
      input: {
        tab: here('tab/index.html'),
        taskpane: here('taskpane/index.html'),
        sandbox: here('sandbox/index.html'),
      },
    },
  },
});
