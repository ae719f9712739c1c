import type app from './en/app.json';
import type matching from './en/matching.json';
import type running from './en/running.json';
import type sandbox from './en/sandbox.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'app';
    resources: { app: typeof app; sandbox: typeof sandbox; matching: typeof matching; running: typeof running };
  }
}
