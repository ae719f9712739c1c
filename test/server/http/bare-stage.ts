import type { Database } from '../../../server/db/schema.ts';
import type { TenantId } from '../../../server/domain/people/person.ts';
import { loadContent } from '../../../server/locales/load-content.ts';
import { writeTexts } from '../../../server/write-texts.ts';
import { person } from '../../make/person.ts';
import {
  createFakeCalendar,
  createFakeClock,
  createFakeDirectory,
  createFakeJobs,
  createFakeMessenger,
  plainMatcher,
  showMessage,
  type Stage,
} from '../../make/server.ts';

/** A stage without a database: every query fails as when the server has gone away. */
export function bareStage(
  tenantId: TenantId,
  fault: Error & { code?: string } = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }),
): Stage {
  const clock = createFakeClock();
  const away = { transaction: () => ({ execute: () => Promise.reject(fault) }) };
  return {
    tenantId,
    db: away as unknown as Database,
    clock,
    jobs: createFakeJobs(),
    matcher: plainMatcher,
    calendar: createFakeCalendar(clock),
    directory: createFakeDirectory(),
    messenger: createFakeMessenger(),
    texts: writeTexts('https://inverso.contoso.example', loadContent(null)),
    renderCard: showMessage,
    mailbox: person(),
    tx: () => Promise.reject(fault),
  };
}

/** A stage whose tenant is there, and nothing else: for requests that are refused before anything is read. */
export function knownStage(tenantId: TenantId): Stage {
  const isActive = { transaction: () => ({ execute: () => Promise.resolve({ status: 'active' }) }) };
  return { ...bareStage(tenantId), db: isActive as unknown as Database };
}
