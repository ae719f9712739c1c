import { lengthOf, type LocalizationSchema } from './check-texts.ts';
import type { AppPackage, PackageFault } from './package-types.ts';
import { walkStrings } from './walk-strings.ts';

/** The newest version of the manifest that all offline tools of Microsoft can validate. */
export const NEWEST_MANIFEST_VERSION = '1.30';
const GUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/;
const PLAIN_VERSION = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/;

/** Versions, ids and lengths: whether the catalog can take the manifest and its languages as they are written. */
export function checkFormat({ manifest, languages }: AppPackage, schema: LocalizationSchema): PackageFault[] {
  const faults: PackageFault[] = [];
  const add = (where: string, reason: string): void => void faults.push({ check: 'format', where, reason });
  const version: string = manifest.manifestVersion;
  if (isNewer(version, NEWEST_MANIFEST_VERSION))
    add('manifestVersion', `${version} is newer than ${NEWEST_MANIFEST_VERSION}, the newest that can be validated`);
  if (!manifest.$schema?.includes(`/v${version}/`)) add('$schema', `is not the one of version ${version}`);
  if (!PLAIN_VERSION.test(manifest.version)) add('version', `${manifest.version} is not three numbers with dots`);
  const ids = {
    id: manifest.id,
    'bots[0].botId': manifest.bots?.[0]?.botId,
    'webApplicationInfo.id': manifest.webApplicationInfo?.id,
  };
  for (const [where, id] of Object.entries(ids)) {
    if (!GUID.test(id ?? '')) add(where, `${id} is no GUID`);
  }
  const runtimes = manifest.extensions?.[0]?.runtimes ?? [];
  const unique: Record<string, string[]> = {
    staticTabs: (manifest.staticTabs ?? []).map(({ entityId }) => entityId),
    'localizationInfo.additionalLanguages': (manifest.localizationInfo?.additionalLanguages ?? []).map(
      ({ languageTag }) => languageTag,
    ),
    'extensions[0].runtimes': runtimes.map(({ id }) => id),
    'extensions[0].runtimes.actions': runtimes.flatMap(({ actions }) => actions ?? []).map(({ id }) => id),
  };
  for (const [where, names] of Object.entries(unique)) {
    for (const name of new Set(names.filter((name, at) => names.indexOf(name) !== at)))
      add(where, `${name} stands there twice`);
  }
  const english = Object.fromEntries(walkStrings(manifest).map(({ path, value }) => [path, value]));
  for (const [file, strings] of [['manifest.json', english] as const, ...Object.entries(languages)]) {
    for (const [key, text] of Object.entries(strings)) {
      const most = lengthOf(key, schema);
      if (text.length > most) add(`${file} ${key}`, `has ${text.length} characters, more than ${most}`);
    }
  }
  return faults;
}

/** isNewer('1.30', '1.9') // => true */
function isNewer(version: string, than: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [mostMajor = 0, mostMinor = 0] = than.split('.').map(Number);
  return !(major < mostMajor || (major === mostMajor && minor <= mostMinor));
}
