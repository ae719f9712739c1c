import { expect, it } from 'vitest';
import { startCompany } from './company.ts';
it('starts', async () => {
  const t = Date.now();
  const c = await startCompany();
  console.log(Date.now() - t, new Date(c.clock.now()).toISOString(), c.executive.displayName, c.mentor.displayName, c.asked.person.displayName, c.nextSession);
  await c.close();
  expect(1).toBe(1);
});
