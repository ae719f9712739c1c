import { describe, test } from 'vitest';
import { describeClaims } from '../server/db/describe-claims.ts';
import { describeIsolation } from '../server/db/describe-isolation.ts';
import { openOnPostgres, whyNoPostgres } from './open-postgres.ts';

const reason = await whyNoPostgres();
if (reason !== null) console.warn(reason);
if (reason !== null) test.skip(reason);

describe.skipIf(reason !== null)('on PostgreSQL', () => {
  describeIsolation(openOnPostgres);
  describeClaims(openOnPostgres);
});
