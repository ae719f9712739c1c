import type { AppPackage, PackageFault } from './package-types.ts';
import { walkStrings } from './walk-strings.ts';

const ADDRESS = /^([a-z][a-z0-9-]*):\/\/([^/:?#]+)/i;
const SCHEMES = ['https', 'api', 'brk-multihub'];

/** Every address of the manifest and of its language files: its scheme, and whether its host is one of `validDomains`. */
export function checkAddresses({ manifest, languages }: AppPackage): PackageFault[] {
  const domains = manifest.validDomains ?? [];
  const faults: PackageFault[] = domains
    .filter((domain) => !/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(domain))
    .map((domain) => ({ check: 'address', where: 'validDomains', reason: `${domain} is not a plain host name` }));
  const strings = [
    { file: 'manifest.json', value: manifest as unknown },
    ...Object.entries(languages).map(([file, value]) => ({ file, value })),
  ];
  for (const { file, value } of strings) {
    for (const found of walkStrings(value)) {
      if (found.path === '$schema') continue;
      const [, scheme, host] = ADDRESS.exec(found.value) ?? [];
      if (!scheme || !host) continue;
      const where = `${file} ${found.path}`;
      if (!SCHEMES.includes(scheme))
        faults.push({ check: 'address', where, reason: `the scheme ${scheme} is not allowed` });
      if (!domains.includes(host))
        faults.push({ check: 'address', where, reason: `the host ${host} is not one of validDomains` });
    }
  }
  for (const tab of manifest.staticTabs ?? []) {
    if (tab.entityId === 'home' && !tab.contentUrl)
      faults.push({ check: 'address', where: 'staticTabs', reason: 'the tab has no page' });
  }
  return faults;
}
