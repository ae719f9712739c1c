import type { AppPackage, PackageFault } from './package-types.ts';
import { LOCALES, LONGEST } from './write-xml-manifest.ts';
import { walkXml, type XmlElement } from './xml-element.ts';

const GUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/;
const FOUR_NUMBERS = /^\d+(\.\d+){3}$/;
const LONGEST_RESOURCE_ID = 32;
/** What Outlook's schema asks for, in its order. */
const ORDER =
  'Id Version ProviderName DefaultLocale DisplayName Description IconUrl HighResolutionIconUrl SupportUrl AppDomains Hosts Requirements FormSettings Permissions Rule DisableEntityHighlighting VersionOverrides';
const NEEDED_SURFACES = [
  'AppointmentAttendeeCommandSurface',
  'AppointmentOrganizerCommandSurface',
  'MessageReadCommandSurface',
];

/** Whether Outlook can take the add-in-only manifest: order, ids, addresses, and for every text its translations and length. */
export function checkXmlManifest(top: XmlElement, { manifest }: AppPackage): PackageFault[] {
  const faults: PackageFault[] = [];
  const add = (where: string, reason: string): void => void faults.push({ check: 'xml', where, reason });
  const inFile = walkXml(top);
  const text = (name: string): string => top.children.find((child) => child.name === name)?.text ?? '';

  const order = top.children.map(({ name }) => name).join(' ');
  if (order !== ORDER) add('OfficeApp', `its parts stand in another order than Outlook's schema asks for: ${order}`);
  if (!GUID.test(text('Id'))) add('Id', `${text('Id')} is no GUID; extensions[0].alternates must name one to hide`);
  if (text('Id') === manifest.id) add('Id', 'is the id of the unified manifest: Outlook takes each id once');
  if (!FOUR_NUMBERS.test(text('Version'))) add('Version', `${text('Version')} is not four numbers with dots`);
  if (text('Permissions') !== 'ReadItem') add('Permissions', `${text('Permissions')} is more than reading an item`);

  for (const { name, attributes, text: content } of inFile) {
    const address = attributes['DefaultValue'] ?? (name === 'AppDomain' ? content : null) ?? '';
    if (!/Url$|^SourceLocation$|^AppDomain$|^bt:Image$/.test(name) || address === '') continue;
    const host = /^https:\/\/([^/:?#]+)(\/|$)/.exec(address)?.[1];
    if (host === undefined) add(name, `${address} is not an https address`);
    else if (!manifest.validDomains?.includes(host)) add(name, `the host ${host} is not one of validDomains`);
  }
  for (const overrides of inFile.filter(({ name }) => name === 'VersionOverrides')) checkOverrides(overrides, add);
  for (const name of ['DisplayName', 'Description']) {
    for (const one of top.children.filter((child) => child.name === name)) checkText(one, name, LONGEST[name]!, add);
  }
  return faults;
}

function checkOverrides(overrides: XmlElement, add: (where: string, reason: string) => void): void {
  const where = overrides.attributes['xsi:type'] ?? 'VersionOverrides';
  const own = walkXml({ ...overrides, children: overrides.children.filter(({ name }) => name !== 'VersionOverrides') });
  const surfaces = own.filter(({ name }) => name === 'ExtensionPoint').map(({ attributes }) => attributes['xsi:type']);
  if (surfaces.sort().join() !== NEEDED_SURFACES.join()) add(where, `shows itself in ${surfaces.join(', ')}`);
  const used = own.flatMap(({ attributes }) => attributes['resid'] ?? []);
  const resources = own.filter(({ name }) => /^bt:(Image|Url|String)$/.test(name));
  const given = resources.flatMap(({ attributes }) => attributes['id'] ?? []);
  for (const id of new Set(used.filter((id) => !given.includes(id)))) add(where, `${id} is used and not given`);
  for (const id of given.filter((id) => !used.includes(id))) add(where, `${id} is given and not used`);
  for (const id of given.filter((id, at) => given.indexOf(id) !== at)) add(where, `${id} is given twice`);
  for (const id of given.filter((id) => id.length > LONGEST_RESOURCE_ID)) add(where, `the id ${id} is too long`);
  const ids = own.filter(({ name }) => /^(Group|Control)$/.test(name)).map(({ attributes }) => attributes['id'] ?? '');
  for (const id of ids.filter((id, at) => id === '' || ids.indexOf(id) !== at))
    add(where, `the id '${id}' is not its own`);
  for (const list of own.filter(({ name }) => name in LONGEST && name.startsWith('bt:'))) {
    for (const one of list.children) checkText(one, `${where} ${one.attributes['id']}`, LONGEST[list.name]!, add);
  }
}

function checkText(
  { attributes, children }: XmlElement,
  where: string,
  most: number,
  add: (where: string, reason: string) => void,
): void {
  const texts: Record<string, string> = {
    'en-US': attributes['DefaultValue'] ?? '',
    ...Object.fromEntries(
      children.map((child) => [child.attributes['Locale'] ?? '', child.attributes['Value'] ?? ''] as const),
    ),
  };
  for (const locale of ['en-US', ...Object.values(LOCALES)]) {
    const text = texts[locale]?.trim() ?? '';
    if (text === '') add(where, `has no text in ${locale}`);
    if (text.length > most) add(where, `has ${text.length} characters in ${locale}, more than ${most}`);
  }
}
