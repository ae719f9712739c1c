import type { AppPackage } from './package-types.ts';
import { element, type XmlElement } from './xml-element.ts';

const OFFICE_APP = {
  xmlns: 'http://schemas.microsoft.com/office/appforoffice/1.1',
  'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
  'xmlns:bt': 'http://schemas.microsoft.com/office/officeappbasictypes/1.0',
  'xsi:type': 'MailApp',
};
const OVERRIDES = 'http://schemas.microsoft.com/office/mailappversionoverrides';
/** Outlook's names for the languages of the app package. */
export const LOCALES: Record<string, string> = { it: 'it-IT', pl: 'pl-PL', uk: 'uk-UA', 'pt-br': 'pt-BR' };
/** The same places by the names of both manifests. */
const SURFACES: Record<string, string> = {
  mailRead: 'MessageReadCommandSurface',
  meetingDetailsOrganizer: 'AppointmentOrganizerCommandSurface',
  meetingDetailsAttendee: 'AppointmentAttendeeCommandSurface',
};
const LONGEST_DESCRIPTION = 250;
const PANE_HEIGHT = '450';
/** A list of icons stands once in the resources, however many buttons show it. */
const ICON_SIZES = [16, 32, 80];

type Translate = (path: string) => { english: string; others: [locale: string, text: string][] };

/**
 * The add-in-only manifest of Outlook on the Mac and of perpetual Outlook, which cannot read the unified one: the same pane,
 * buttons, icons and texts under an id of its own, by which the unified manifest hides it wherever both would show.
 */
export function writeXmlManifest(appPackage: AppPackage): XmlElement {
  const { manifest } = appPackage;
  const translate = createTranslate(appPackage);
  const domain = manifest.validDomains?.[0] ?? '';
  const pane = manifest.extensions?.[0]?.runtimes?.[0]?.code.page ?? '';
  const icon = (size: number): Record<string, string> => ({ DefaultValue: `https://${domain}/icons/icon-${size}.png` });
  const mailbox = manifest.extensions?.[0]?.requirements?.capabilities?.find(({ name }) => name === 'Mailbox');
  const form = (type: string): XmlElement =>
    element('Form', { 'xsi:type': type }, [
      element('DesktopSettings', {}, [
        element('SourceLocation', { DefaultValue: pane }),
        ...(type === 'ItemRead' ? [element('RequestedHeight', {}, PANE_HEIGHT)] : []),
      ]),
    ]);
  return element('OfficeApp', OFFICE_APP, [
    element('Id', {}, addInIdOf(manifest) ?? ''),
    element('Version', {}, `${manifest.version}.0`),
    element('ProviderName', {}, manifest.developer.name),
    element('DefaultLocale', {}, 'en-US'),
    textOf('DisplayName', translate('name.short')),
    textOf('Description', translate('description.short')),
    element('IconUrl', icon(64)),
    element('HighResolutionIconUrl', icon(128)),
    element('SupportUrl', { DefaultValue: manifest.developer.websiteUrl }),
    element(
      'AppDomains',
      {},
      (manifest.validDomains ?? []).map((host) => element('AppDomain', {}, `https://${host}`)),
    ),
    element('Hosts', {}, [element('Host', { Name: 'Mailbox' })]),
    element('Requirements', {}, [
      element('Sets', {}, [element('Set', { Name: 'Mailbox', MinVersion: mailbox?.minVersion ?? '' })]),
    ]),
    element('FormSettings', {}, [form('ItemRead'), form('ItemEdit')]),
    element('Permissions', {}, 'ReadItem'),
    element('Rule', { 'xsi:type': 'RuleCollection', Mode: 'Or' }, [
      element('Rule', { 'xsi:type': 'ItemIs', ItemType: 'Message', FormType: 'Read' }),
      element('Rule', { 'xsi:type': 'ItemIs', ItemType: 'Appointment', FormType: 'ReadOrEdit' }),
    ]),
    element('DisableEntityHighlighting', {}, 'true'),
    overridesOf(appPackage, translate, pane, '1.0', [overridesOf(appPackage, translate, pane, '1.1', [])]),
  ]);
}

/** The id that the unified manifest gives to the add-in-only one; null where it names none. */
export const addInIdOf = (manifest: AppPackage['manifest']): string | null =>
  manifest.extensions?.[0]?.alternates?.[0]?.hide?.customOfficeAddin?.officeAddinId ?? null;

function createTranslate({ manifest, languages }: AppPackage): Translate {
  return (path) => ({
    english: readPath(manifest, path),
    others: (manifest.localizationInfo?.additionalLanguages ?? []).map(({ languageTag, file }) => [
      LOCALES[languageTag] ?? languageTag,
      languages[file]?.[path] ?? '',
    ]),
  });
}

/** readPath({ a: [{ b: 'x' }] }, 'a[0].b') // => 'x' */
function readPath(value: unknown, path: string): string {
  const found = path
    .split(/[.[\]]+/)
    .filter((part) => part !== '')
    .reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], value);
  return typeof found === 'string' ? found : '';
}

const textOf = (name: string, { english, others }: ReturnType<Translate>): XmlElement =>
  element(
    name,
    { DefaultValue: english },
    others.map(([Locale, Value]) => element('Override', { Locale, Value })),
  );

/** The buttons by one version of Outlook's schema; a newer version stands inside the older one. */
function overridesOf(
  { manifest }: AppPackage,
  translate: Translate,
  pane: string,
  version: '1.0' | '1.1',
  inner: XmlElement[],
): XmlElement {
  const isNewer = version === '1.1';
  const mailbox = manifest.extensions?.[0]?.requirements?.capabilities?.find(({ name }) => name === 'Mailbox');
  const ribbons = manifest.extensions?.[0]?.ribbons ?? [];
  const short: XmlElement[] = [];
  const long: XmlElement[] = [];
  const points = ribbons.map((ribbon, at) => {
    const context = ribbon.contexts?.[0] ?? '';
    const path = `extensions[0].ribbons[${at}].tabs[0].groups[0]`;
    const group = ribbon.tabs[0]?.groups?.[0];
    const control = group?.controls?.[0];
    const own = (list: XmlElement[], name: string, id: string, key: string): XmlElement => {
      const text = translate(`${path}.${key}`);
      list.push({ ...textOf('bt:String', text), attributes: { id: `${context}.${id}`, DefaultValue: text.english } });
      return element(name, { resid: `${context}.${id}` });
    };
    return element('ExtensionPoint', { 'xsi:type': SURFACES[context] ?? context }, [
      element('OfficeTab', { id: 'TabDefault' }, [
        element('Group', { id: group?.id ?? '' }, [
          own(short, 'Label', 'group', 'label'),
          element('Control', { 'xsi:type': 'Button', id: control?.id ?? '' }, [
            own(short, 'Label', 'label', 'controls[0].label'),
            element('Supertip', {}, [
              own(short, 'Title', 'title', 'controls[0].supertip.title'),
              own(long, 'Description', 'about', 'controls[0].supertip.description'),
            ]),
            element(
              'Icon',
              {},
              ICON_SIZES.map((size) => element('bt:Image', { size: String(size), resid: `icon.${size}` })),
            ),
            element('Action', { 'xsi:type': 'ShowTaskpane' }, [
              element('SourceLocation', { resid: 'pane' }),
              // Outlook pins panes of messages alone.
              ...(isNewer && context === 'mailRead' ? [element('SupportsPinning', {}, 'true')] : []),
            ]),
          ]),
        ]),
      ]),
    ]);
  });
  const icons = ribbons[0]?.tabs[0]?.groups?.[0]?.controls?.[0]?.icons ?? [];
  return element(
    'VersionOverrides',
    { xmlns: isNewer ? `${OVERRIDES}/1.1` : OVERRIDES, 'xsi:type': `VersionOverridesV${version.replace('.', '_')}` },
    [
      element('Requirements', {}, [
        element('bt:Sets', { DefaultMinVersion: mailbox?.minVersion ?? '' }, [element('bt:Set', { Name: 'Mailbox' })]),
      ]),
      element('Hosts', {}, [
        element('Host', { 'xsi:type': 'MailHost' }, [
          element('DesktopFormFactor', {}, [
            ...(isNewer ? [element('SupportsSharedFolders', {}, 'true')] : []),
            ...points,
          ]),
        ]),
      ]),
      element('Resources', {}, [
        element(
          'bt:Images',
          {},
          icons.map(({ size, url }) => element('bt:Image', { id: `icon.${size}`, DefaultValue: url })),
        ),
        element('bt:Urls', {}, [element('bt:Url', { id: 'pane', DefaultValue: pane })]),
        element('bt:ShortStrings', {}, short),
        element('bt:LongStrings', {}, long),
      ]),
      ...inner,
    ],
  );
}

/** The longest texts that Outlook's schema takes, by the element that holds them. */
export const LONGEST: Record<string, number> = {
  DisplayName: 125,
  Description: LONGEST_DESCRIPTION,
  'bt:ShortStrings': 125,
  'bt:LongStrings': 250,
};
