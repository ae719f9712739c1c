import type app from './en/app.json';
import type check from './en/check.json';
import type learning from './en/learning.json';
import type matching from './en/matching.json';
import type myData from './en/myData.json';
import type program from './en/program.json';
import type running from './en/running.json';
import type sandbox from './en/sandbox.json';
import type session from './en/session.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'app';
    resources: {
      app: typeof app;
      check: typeof check;
      learning: typeof learning;
      matching: typeof matching;
      myData: typeof myData;
      program: typeof program;
      running: typeof running;
      sandbox: typeof sandbox;
      session: typeof session;
    };
  }
}
