import { describe, test } from 'vitest';
import { describeAnswersTogether } from '../server/use-cases/describe-answers-together.ts';
import { openOnPostgres, whyNoPostgres } from './open-postgres.ts';

const reason = await whyNoPostgres();
if (reason !== null) console.warn(reason);
if (reason !== null) test.skip(reason);

describe.skipIf(reason !== null)('on PostgreSQL', () => {
  describeAnswersTogether(openOnPostgres);
});
