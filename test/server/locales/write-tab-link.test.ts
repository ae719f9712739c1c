import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { LOCALES } from '../../../server/contract/vocabulary.ts';
import type { Instant, ZoneId } from '../../../server/domain/time/instant.ts';
import { writeTabLink } from '../../../server/locales/write-tab-link.ts';
import { loadContent } from '../../../server/locales/load-content.ts';
import { writeTexts } from '../../../server/write-texts.ts';

const publicUrl = 'https://inverso.contoso.example';
const catalogAppId = '9f1c5b1e-0000-4000-8000-000000000001';

test('the tab opens by the catalog’s id, at a page, with the browser as the way out', () => {
  const link = new URL(writeTabLink({ publicUrl, catalogAppId, page: 'home' }));
  const { staticTabs } = JSON.parse(readFileSync('appPackage/manifest.json', 'utf8')) as {
    staticTabs: { entityId: string; contentUrl?: string }[];
  };
  const tab = staticTabs.find(({ contentUrl }) => contentUrl?.endsWith('/tab'));
  expect(link.origin + link.pathname).toBe(`https://teams.microsoft.com/l/entity/${catalogAppId}/${tab?.entityId}`);
  expect(JSON.parse(link.searchParams.get('context') ?? '')).toEqual({ subEntityId: 'home' });
  expect(link.searchParams.get('webUrl')).toBe(`${publicUrl}/tab`);
  expect(link.href).not.toContain('+');
});

test.each(LOCALES)('the invitation in %s has one link, and it is that', (locale) => {
  const start = Date.parse('2026-10-06T08:00:00Z') as Instant;
  const body = (id: string | null) =>
    writeTexts(publicUrl, loadContent(null)).invitation({
      locale,
      timeZone: 'Europe/Rome' as ZoneId,
      programName: 'Program',
      dates: [{ start, end: (start + 1_800_000) as Instant }],
      catalogAppId: id,
    }).bodyHtml;
  const links = (html: string) =>
    [...html.matchAll(/href="([^"]*)"/g)].map(([, href]) =>
      href!.replace(/&#(\d+);/g, (_all, code: string) => String.fromCharCode(Number(code))),
    );
  expect(links(body(catalogAppId))).toEqual([writeTabLink({ publicUrl, catalogAppId, page: 'home' })]);
  expect(links(body(null))).toEqual([`${publicUrl}/tab`]);
});
