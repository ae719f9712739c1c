import type app from './en/app.json';
import type learning from './en/learning.json';
import type sandbox from './en/sandbox.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'app';
    resources: { app: typeof app; learning: typeof learning; sandbox: typeof sandbox };
  }
}
