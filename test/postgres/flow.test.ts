import { describe, test } from 'vitest';
import { tellStory } from '../flow/tell-story.ts';
import { createDatabase, whyNoPostgres } from './open-postgres.ts';

const reason = await whyNoPostgres();
if (reason !== null) console.warn(reason);
if (reason !== null) test.skip(reason);

describe.skipIf(reason !== null)('on PostgreSQL', () => {
  tellStory(createDatabase);
});
