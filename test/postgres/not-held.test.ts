import { describe, test } from 'vitest';
import { describeNotHeldRaces } from '../server/use-cases/describe-not-held-races.ts';
import { openOnPostgres, whyNoPostgres } from './open-postgres.ts';

const reason = await whyNoPostgres();
if (reason !== null) console.warn(reason);
if (reason !== null) test.skip(reason);

describe.skipIf(reason !== null)('on PostgreSQL', () => {
  describeNotHeldRaces(openOnPostgres, 12);
});
