import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppManifestUtils } from '@microsoft/app-manifest';
import { OfficeAddinManifest, validateManifest } from 'office-addin-manifest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_MANIFEST_ID } from '../server/config.ts';
import { ADMINISTRATOR_APP_ROLE } from '../server/use-cases/people/load-caller.ts';
import { findFaults, readLocalizationSchema } from '../server/package/build-package.ts';
import { checkPackage } from '../server/package/check-package.ts';
import type { AppPackage, PackageFault } from '../server/package/package-types.ts';
import { fillPlaceholders } from '../server/package/placeholders.ts';
import { readPackage } from '../server/package/read-package.ts';
import { checkXmlManifest } from '../server/package/check-xml-manifest.ts';
import { writeXmlManifest } from '../server/package/write-xml-manifest.ts';
import { element, printXml, walkXml, type XmlElement } from '../server/package/xml-element.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
/** An environment as `provision` leaves it. */
const VALUES = {
  TEAMSFX_ENV: 'sample',
  APP_NAME_SUFFIX: '-sample',
  INVERSO_DOMAIN: 'inverso.contoso.com',
  APP_VERSION: '1.2.3',
  TEAMS_APP_ID: '11111111-2222-4333-8444-555555555555',
  OUTLOOK_ADDIN_ID: '11111111-2222-4333-8444-666666666666',
  BOT_ID: '66666666-7777-4888-8999-000000000000',
  BOT_OBJECT_ID: '66666666-7777-4888-8999-000000000001',
  GRAPH_CLIENT_ID: '99999999-aaaa-4bbb-8ccc-dddddddddddd',
  GRAPH_OBJECT_ID: '99999999-aaaa-4bbb-8ccc-ddddddddddde',
};

const requireFromTool = createRequire(createRequire(import.meta.url).resolve('@microsoft/app-manifest'));
const localizationSchema = readLocalizationSchema();
type Validator = ((value: unknown) => boolean) & { errors?: unknown };
const Ajv = (
  requireFromTool('ajv-draft-04') as { default: new (options: object) => { compile(schema: object): Validator } }
).default;

const appPackage = readPackage(root, VALUES);
const clean = (): AppPackage => structuredClone(appPackage);

describe("the app package by Microsoft's own tools", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'inverso-manifest-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('fits the schema that it names', async () => {
    expect(appPackage.manifest.$schema).toContain(`/v${appPackage.manifest.manifestVersion}/`);
    expect(await AppManifestUtils.validateAgainstSchema(appPackage.manifest)).toEqual([]);
  });

  it('would not fit it with a context that Outlook does not have', async () => {
    const broken = clean();
    (broken.manifest.extensions![0]!.ribbons![0]!.contexts as string[])[0] = 'appointmentOrganizer';
    expect(await AppManifestUtils.validateAgainstSchema(broken.manifest)).not.toEqual([]);
  });

  it('is an add-in that Office can read', async () => {
    const path = join(folder, 'manifest.json');
    writeFileSync(path, JSON.stringify(appPackage.manifest));
    expect(await validateManifest(path)).toMatchObject({ isValid: true });
    expect(await OfficeAddinManifest.readManifestFile(path)).toMatchObject({
      id: VALUES.TEAMS_APP_ID,
      version: '1.2.3',
    });
  });

  it.each(Object.keys(appPackage.languages))('%s fits the schema of language files', (file) => {
    // The schema's patterns are not valid with the u flag.
    const validate = new Ajv({ strict: false, unicodeRegExp: false, allErrors: true, validateFormats: false }).compile(
      localizationSchema,
    );
    expect(validate(appPackage.languages[file]), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ ...appPackage.languages[file], 'bots[0].name': 'Inverso' })).toBe(false);
  });
});

describe('how the parts of the package fit each other', () => {
  it('has no fault', async () => {
    expect(await findFaults(appPackage)).toEqual([]);
  });

  it('names the app and the role that the server knows', () => {
    for (const settings of Object.values(appPackage.environments))
      expect(settings['TEAMS_APP_ID']).toBe(DEFAULT_MANIFEST_ID);
    expect(appPackage.signInApp.appRoles.map(({ value }) => value)).toEqual([ADMINISTRATOR_APP_ROLE]);
  });

  it('needs a value for every placeholder', () => {
    expect(() => readPackage(root, { ...VALUES, INVERSO_DOMAIN: undefined! })).toThrow('INVERSO_DOMAIN');
    expect(fillPlaceholders('a ${{ONE}}b', { ONE: '1' })).toBe('a 1b');
  });

  const ribbon = (broken: AppPackage, at = 0) => broken.manifest.extensions![0]!.ribbons![at]!;
  const control = (broken: AppPackage) => ribbon(broken).tabs[0]!.groups![0]!.controls![0]!;
  const rights = (broken: AppPackage) => broken.manifest.authorization!.permissions!.resourceSpecific!;
  const italian = (broken: AppPackage) => broken.languages['i18n/it.json']!;
  const step = (broken: AppPackage, uses: string) => broken.toolkit.provision.find((one) => one.uses === uses)!;

  it.each<[string, PackageFault['check'], (broken: AppPackage) => void]>([
    ['a manifest that is too new', 'format', (broken) => ((broken.manifest.manifestVersion as string) = '1.31')],
    [
      'another schema than the version says',
      'format',
      (broken) => (broken.manifest.$schema = broken.manifest.$schema!.replace('1.30', '1.29')),
    ],
    ['an id that is no GUID', 'format', (broken) => (broken.manifest.id = 'inverso')],
    ['a bot without an id', 'format', (broken) => (broken.manifest.bots![0]!.botId = '')],
    ['a version that is none', 'format', (broken) => (broken.manifest.version = '1.0')],
    [
      'two tabs with one id',
      'format',
      (broken) => broken.manifest.staticTabs!.push({ ...broken.manifest.staticTabs![0]! }),
    ],
    [
      'a description too long in one language',
      'format',
      (broken) => (italian(broken)['description.short'] = 'a'.repeat(81)),
    ],
    ['a label too long in English', 'format', (broken) => (control(broken).label = 'a'.repeat(65))],
    [
      'a Mac pane with the id of the package',
      'xml',
      (broken) =>
        (broken.manifest.extensions![0]!.alternates![0]!.hide!.customOfficeAddin!.officeAddinId = VALUES.TEAMS_APP_ID),
    ],
    ['a Mac pane that nothing hides', 'xml', (broken) => delete broken.manifest.extensions![0]!.alternates],
    ['a button that opens nothing', 'action', (broken) => (control(broken).actionId = 'showNothing')],
    [
      'two buttons with one id',
      'action',
      (broken) => (control(broken).id = ribbon(broken, 1).tabs[0]!.groups![0]!.controls![0]!.id!),
    ],
    [
      'a pane over http',
      'address',
      (broken) => (broken.manifest.extensions![0]!.runtimes![0]!.code.page = 'http://inverso.contoso.com/taskpane'),
    ],
    [
      'a tab on another host',
      'address',
      (broken) => (broken.manifest.staticTabs![0]!.contentUrl = 'https://elsewhere.contoso.com/tab'),
    ],
    ['no valid domain', 'address', (broken) => (broken.manifest.validDomains = [])],
    ['a wildcard domain', 'address', (broken) => broken.manifest.validDomains!.push('*.contoso.com')],
    ['a tab without a page', 'address', (broken) => delete broken.manifest.staticTabs![0]!.contentUrl],
    [
      'sign-in for another host',
      'signIn',
      (broken) => (broken.manifest.webApplicationInfo!.resource = `api://elsewhere.contoso.com/botid-${VALUES.BOT_ID}`),
    ],
    [
      'sign-in of another app than the bot',
      'signIn',
      (broken) => (broken.manifest.bots![0]!.botId = VALUES.GRAPH_CLIENT_ID),
    ],
    [
      'a broker address with a path',
      'signIn',
      (broken) => (broken.manifest.webApplicationInfo!.nestedAppAuthInfo![0]!.redirectUri += '/tab'),
    ],
    ['an unknown item right', 'permission', (broken) => (rights(broken)[0]!.name = 'MailboxItem.Read.Users')],
    [
      'a right to write items',
      'permission',
      (broken) => rights(broken).push({ name: 'MailboxItem.ReadWrite.User', type: 'Delegated' }),
    ],
    [
      'a right of the app itself',
      'permission',
      (broken) => rights(broken).push({ name: 'OnlineMeeting.ReadBasic.Chat', type: 'Application' }),
    ],
    ['no right to shared mailboxes', 'permission', (broken) => rights(broken).pop()],
    ['a pane that organizers do not see', 'surface', (broken) => broken.manifest.extensions![0]!.ribbons!.splice(1, 1)],
    [
      'a mailbox that is too old',
      'surface',
      (broken) => (broken.manifest.extensions![0]!.requirements!.capabilities![0]!.minVersion = '1.7'),
    ],
    ['a bot in group chats', 'surface', (broken) => broken.manifest.bots![0]!.scopes.push('groupChat')],
    ['a missing translation', 'text', (broken) => delete italian(broken)['bots[0].commandLists[0].commands[2].title']],
    ['an empty translation', 'text', (broken) => (italian(broken)['staticTabs[0].name'] = ' ')],
    ['a translation of nothing', 'text', (broken) => (italian(broken)['staticTabs[1].name'] = 'Informazioni')],
    ['a translated name', 'text', (broken) => (italian(broken)['name.short'] = 'Rovescio')],
    ['a name of Microsoft in the name', 'text', (broken) => (broken.manifest.name.full = 'Inverso for Teams')],
    ['a description that nobody reads', 'text', (broken) => (broken.manifest.description.full = 'word '.repeat(501))],
    ['a language file that is not there', 'language', (broken) => delete broken.languages['i18n/pl.json']],
    [
      'a language file that nobody names',
      'language',
      (broken) => (broken.languages['i18n/de.json'] = { ...italian(broken) }),
    ],
    [
      'a language that was forgotten',
      'language',
      (broken) => broken.manifest.localizationInfo!.additionalLanguages!.pop(),
    ],
    ['an icon that is not there', 'icon', (broken) => delete broken.servedIcons['icon-80.png']],
    [
      'an icon of another size',
      'icon',
      (broken) => (broken.packageIcons['color.png'] = broken.packageIcons['outline.png']!),
    ],
    [
      'a colored outline',
      'icon',
      (broken) => (broken.packageIcons['outline.png'] = broken.packageIcons['color32.png']!),
    ],
    ['an icon that is no picture', 'icon', (broken) => (broken.servedIcons['icon-16.png'] = new Uint8Array([1, 2, 3]))],
    [
      'calendar rights asked of Entra',
      'entra',
      (broken) =>
        broken.graphApp.requiredResourceAccess[0]!.resourceAccess.push({ id: 'Calendars.ReadWrite', type: 'Role' }),
    ],
    ['a client of Microsoft left out', 'entra', (broken) => broken.signInApp.api.preAuthorizedApplications.pop()],
    [
      'a stranger let in',
      'entra',
      (broken) =>
        broken.signInApp.api.preAuthorizedApplications.push({ appId: VALUES.BOT_ID, delegatedPermissionIds: [] }),
    ],
    ['no redirect to the pane', 'entra', (broken) => broken.signInApp.spa.redirectUris.pop()],
    [
      'a sign-in at the second app',
      'entra',
      (broken) => broken.graphApp.web.redirectUris.push('https://inverso.contoso.com/tab'),
    ],
    ['tokens of version 1', 'entra', (broken) => (broken.signInApp.api.requestedAccessTokenVersion = 1)],
    [
      'a step for a missing file',
      'toolkit',
      (broken) => (step(broken, 'aadApp/update').with['manifestPath'] = './aad.manifest.json'),
    ],
    [
      'an upload of what was not packed',
      'toolkit',
      (broken) => (step(broken, 'teamsApp/update').with['appPackagePath'] = './appPackage/build/other.zip'),
    ],
    ['a step of the wrong order', 'toolkit', (broken) => broken.toolkit.provision.reverse()],
    [
      'a build that does not exist',
      'toolkit',
      (broken) => (broken.toolkit.deploy.at(-1)!.with['args'] = 'run compile'),
    ],
    ['nothing to publish', 'toolkit', (broken) => (broken.toolkit.publish = [])],
    [
      'a placeholder without a setting',
      'environment',
      (broken) => broken.placeholders['manifest.json']!.push('INVERSO_HOST'),
    ],
    [
      'a secret in an environment file',
      'environment',
      (broken) => (broken.environments['.env.dev']!['SECRET_BOT_PASSWORD'] = 'x'),
    ],
    [
      'an environment file with a gap',
      'environment',
      (broken) => delete broken.environments['.env.dev']!['INVERSO_DOMAIN'],
    ],
  ])('finds %s', (_, check, breakIt) => {
    const broken = clean();
    breakIt(broken);
    expect(checkPackage(broken, localizationSchema).map((fault) => fault.check)).toContain(check);
  });
});

describe('the XML manifest of Outlook on the Mac', () => {
  const top = writeXmlManifest(appPackage);
  const all = (broken: XmlElement, name: string) => walkXml(broken).filter((one) => one.name === name);
  const reasons = (broken: XmlElement): string[] => checkXmlManifest(broken, appPackage).map(({ reason }) => reason);

  it('has no fault, and is read by the tool of Office', async () => {
    expect(reasons(top)).toEqual([]);
    const folder = mkdtempSync(join(tmpdir(), 'inverso-xml-'));
    const path = join(folder, 'outlook.xml');
    writeFileSync(path, printXml(top));
    const read = await OfficeAddinManifest.readManifestFile(path);
    rmSync(folder, { recursive: true, force: true });
    expect(read).toMatchObject({
      id: VALUES.OUTLOOK_ADDIN_ID,
      version: '1.2.3.0',
      displayName: 'Inverso',
      hosts: ['Mailbox'],
      officeAppType: 'MailApp',
      permissions: 'ReadItem',
    });
  });

  it('says the same as the unified manifest, in every language', () => {
    const labels = all(top, 'bt:String').filter(({ attributes }) => attributes['id'] === 'mailRead.label');
    expect(labels).toHaveLength(2);
    for (const { attributes, children } of labels) {
      expect(attributes['DefaultValue']).toBe('Session guide');
      expect(children.map(({ attributes }) => attributes['Value'])).toEqual(
        ['it', 'pl', 'uk', 'pt-br'].map(
          (language) =>
            appPackage.languages[`i18n/${language}.json`]![
              'extensions[0].ribbons[0].tabs[0].groups[0].controls[0].label'
            ],
        ),
      );
    }
  });

  it('keeps a text a text', () => {
    expect(printXml(element('A', { b: '"<&' }, '</A>'))).toContain('<A b="&quot;&lt;&amp;">&lt;/A&gt;</A>');
  });

  it.each<[string, RegExp, (broken: XmlElement) => void]>([
    [
      'a page over http',
      /not an https/,
      (broken) => (all(broken, 'bt:Url')[0]!.attributes['DefaultValue'] = 'http://a'),
    ],
    [
      'a page on another host',
      /not one of validDomains/,
      (broken) => (all(broken, 'SourceLocation')[0]!.attributes['DefaultValue'] = 'https://elsewhere.contoso.com/'),
    ],
    ['a resource that is not given', /used and not given/, (broken) => all(broken, 'bt:Urls')[0]!.children.splice(0)],
    ['parts in another order', /another order/, (broken) => broken.children.reverse()],
    ['a missing translation', /no text in/, (broken) => all(broken, 'bt:String')[0]!.children.splice(1)],
    [
      'a label that is too long',
      /more than 125/,
      (broken) => (all(broken, 'bt:String')[0]!.attributes['DefaultValue'] = 'a'.repeat(126)),
    ],
    ['a right to write', /more than reading/, (broken) => (all(broken, 'Permissions')[0]!.text = 'ReadWriteMailbox')],
    ['a version of three numbers', /four numbers/, (broken) => (all(broken, 'Version')[0]!.text = '1.2.3')],
    ['a place that was forgotten', /shows itself in/, (broken) => all(broken, 'DesktopFormFactor')[0]!.children.pop()],
  ])('finds %s', (_, reason, breakIt) => {
    const broken = structuredClone(top);
    breakIt(broken);
    expect(reasons(broken).join('\n')).toMatch(reason);
  });
});
