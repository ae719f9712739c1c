import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { checkPackage } from './check-package.ts';
import type { LocalizationSchema } from './check-texts.ts';
import { NEWEST_MANIFEST_VERSION } from './check-format.ts';
import type { AppPackage, PackageFault } from './package-types.ts';
import { readPackage, readSettings } from './read-package.ts';
import { writeXmlManifest } from './write-xml-manifest.ts';
import { writeZip } from './write-zip.ts';
import { printXml } from './xml-element.ts';

/** The finished files; nothing where there are faults. */
export interface BuiltPackage {
  faults: PackageFault[];
  zip: Uint8Array;
  xmlManifest: string;
}

/** Names that may be empty: an environment of production adds nothing to the apps' names. */
const MAY_BE_EMPTY = ['APP_NAME_SUFFIX'];
const NOTHING = { zip: new Uint8Array(), xmlManifest: '' };

/**
 * Builds the app package of the project in `root` with the settings of an environment file: the zip for the catalog, and the
 * add-in-only manifest beside it. The same sources give the same bytes. Throws where a file is missing or not JSON.
 */
export async function buildPackage(root: string, environmentFile: string): Promise<BuiltPackage> {
  const values = readSettings(readFileSync(environmentFile, 'utf8'));
  const { placeholders } = readPackage(root, null);
  const used = Object.entries(placeholders).flatMap(([file, names]) => (file === 'teamsapp.yml' ? [] : names));
  const missing = [...new Set(used)].filter((name) => (values[name] ?? '') === '' && !MAY_BE_EMPTY.includes(name));
  if (missing.length > 0) {
    const reason = (name: string): string => `${name} has no value: fill it in, or run provision`;
    return {
      faults: missing.map((name) => ({ check: 'environment', where: environmentFile, reason: reason(name) })),
      ...NOTHING,
    };
  }
  const appPackage = readPackage(root, values);
  const faults = await findFaults(appPackage);
  if (faults.length > 0) return { faults, ...NOTHING };
  return { faults: [], zip: writeZip(filesOf(appPackage)), xmlManifest: printXml(writeXmlManifest(appPackage)) };
}

/** Everything wrong with a package: what Microsoft's schema finds, then whether its parts fit each other. */
export async function findFaults(appPackage: AppPackage): Promise<PackageFault[]> {
  // Loaded here, for a server is installed without the packages of development.
  const { AppManifestUtils } = await import('@microsoft/app-manifest');
  const bySchema = await AppManifestUtils.validateAgainstSchema(appPackage.manifest).catch((error: unknown) => [
    (error as Error).message,
  ]);
  return [
    ...bySchema.map((reason): PackageFault => ({ check: 'schema', where: 'manifest.json', reason })),
    ...checkPackage(appPackage, readLocalizationSchema()),
  ];
}

/** Microsoft's schema of language files, from its own package. */
export function readLocalizationSchema(): LocalizationSchema {
  const ofTool = createRequire(createRequire(import.meta.url).resolve('@microsoft/app-manifest'));
  return ofTool(
    `./json-schemas/teams/v${NEWEST_MANIFEST_VERSION}/MicrosoftTeams.Localization.schema.json`,
  ) as LocalizationSchema;
}

/** What belongs into the zip: the manifest, the languages and the icons that it names. */
function filesOf({ manifest, languages, packageIcons }: AppPackage): Record<string, Uint8Array> {
  const json = (value: unknown): Uint8Array => Buffer.from(`${JSON.stringify(value, null, 2)}\n`, 'utf8');
  const icons = [manifest.icons.color, manifest.icons.outline, manifest.icons.color32x32].flatMap((name) => name ?? []);
  return {
    'manifest.json': json(manifest),
    ...Object.fromEntries(Object.entries(languages).map(([path, texts]) => [path, json(texts)])),
    ...Object.fromEntries(icons.map((name) => [name, packageIcons[name]!])),
  };
}
