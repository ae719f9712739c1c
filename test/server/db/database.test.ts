import { openInMemory } from '../../make/database.ts';
import { describeClaims } from './describe-claims.ts';
import { describeIsolation } from './describe-isolation.ts';

// The same rules hold on a real PostgreSQL: test/postgres/database.test.ts.
describeIsolation(openInMemory);
describeClaims(openInMemory);
