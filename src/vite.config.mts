import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { budgetsOf } from './budgets.mts';
import { checkBudgets } from './check-budgets.mts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

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
      input: {
        tab: here('tab/index.html'),
        taskpane: here('taskpane/index.html'),
        sandbox: here('sandbox/index.html'),
      },
    },
  },
});
