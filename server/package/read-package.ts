import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse as parseYaml } from 'yaml';
import type { AppPackage, EntraApp, ToolkitFile } from './package-types.ts';
import { fillPlaceholders, placeholdersIn } from './placeholders.ts';

/**
 * Reads the app package of the project in `root` and fills in `values`; null leaves the placeholders as they stand. Throws
 * where a file is missing or not JSON, or a placeholder has no value.
 */
export function readPackage(root: string, values: Record<string, string> | null): AppPackage {
  const folder = join(root, 'appPackage');
  const text = (path: string): string => readFileSync(join(folder, path), 'utf8');
  const json = <Kind>(path: string): Kind => {
    try {
      return JSON.parse(values === null ? text(path) : fillPlaceholders(text(path), values)) as Kind;
    } catch (error) {
      throw new Error(`appPackage/${path}: ${(error as Error).message}`, { cause: error });
    }
  };
  const namesIn = (path: string, ending: string): string[] => readdirSync(path).filter((name) => name.endsWith(ending));
  const languageFiles = namesIn(join(folder, 'i18n'), '.json').map((name) => `i18n/${name}`);
  const toolkitText = readFileSync(join(root, 'teamsapp.yml'), 'utf8');
  const templates = ['manifest.json', 'aad.manifest.json', 'aad.graph.manifest.json', ...languageFiles];
  const toolkit = parseYaml(toolkitText) as ToolkitFile;
  const environmentFolder = join(root, toolkit.environmentFolderPath);
  return {
    manifest: json('manifest.json'),
    languages: Object.fromEntries(languageFiles.map((path) => [path, json<Record<string, string>>(path)])),
    packageIcons: readPngs(folder),
    servedIcons: readPngs(join(root, 'src/public/icons')),
    signInApp: json<EntraApp>('aad.manifest.json'),
    graphApp: json<EntraApp>('aad.graph.manifest.json'),
    toolkit,
    environments: Object.fromEntries(
      readdirSync(environmentFolder)
        .filter((name) => name.startsWith('.env.') && !name.endsWith('.user'))
        .map((name) => [name, readSettings(readFileSync(join(environmentFolder, name), 'utf8'))]),
    ),
    placeholders: {
      'teamsapp.yml': placeholdersIn(toolkitText),
      ...Object.fromEntries(templates.map((path) => [path, placeholdersIn(text(path))])),
    },
    projectFiles: templates.map((path) => `appPackage/${path}`).filter((path) => existsSync(join(root, path))),
    npmScripts: Object.keys(
      (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> }).scripts,
    ),
  };
}

function readPngs(folder: string): Record<string, Uint8Array> {
  const names = readdirSync(folder).filter((name) => name.endsWith('.png'));
  return Object.fromEntries(names.map((name) => [name, new Uint8Array(readFileSync(join(folder, name)))]));
}

/** `NAME=value` lines; empty lines and those beginning with # are left out. */
export function readSettings(text: string): Record<string, string> {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}
