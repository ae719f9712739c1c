import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quotePowerShell } from '../../../../server/commands/admin-script/quote-powershell.ts';
import type { ScriptInput } from '../../../../server/commands/admin-script/script-parts.ts';
import { writeInstallScript } from '../../../../server/commands/admin-script/write-install-script.ts';
import { writeRemovalScript } from '../../../../server/commands/admin-script/write-removal-script.ts';
import { NEEDED_PERMISSIONS } from '../../../../server/check/needed-permissions.ts';
import { runCommand } from '../run-command.ts';
import { scanPowershell } from './scan-powershell.ts';

const SETTINGS = {
  publicUrl: 'https://inverso.contoso.example',
  tenantId: '11111111-2222-4333-8444-555555555555',
  clientId: '66666666-7777-4888-8999-000000000000',
  graphClientId: '99999999-aaaa-4bbb-8ccc-dddddddddddd',
  manifestId: '5c3f2d0a-7b1e-4f64-9a0d-2f6f0f7a9c11',
  programMailbox: "inverso.o'neil@contoso.example",
};
const HOSTILE = "Mentors’ $(Remove-Item /) `n $env:PATH ‘x’; ' + 'x";
const basic: ScriptInput = { settings: SETTINGS, rights: 'basic', participantsGroup: null };
const full: ScriptInput = { settings: SETTINGS, rights: 'full', participantsGroup: HOSTILE };
const scripts: [string, string][] = [
  ['install, basic', writeInstallScript(basic)],
  ['install, basic, with a group', writeInstallScript({ ...basic, participantsGroup: 'all@contoso.example' })],
  ['install, full', writeInstallScript(full)],
  ['removal', writeRemovalScript(basic)],
  ['removal, full', writeRemovalScript(full)],
];

describe('quotePowerShell', () => {
  it('gives a literal of the same text, whatever is in it', () => {
    const signs = fc.constantFrom('a', "'", '‘', '’', '‚', '‛', '"', '$', '`', '(', ')', ' ', '#', 'ü', '漢');
    fc.assert(
      fc.property(fc.string({ unit: signs, maxLength: 20 }), (text) => {
        expect(scanPowershell(`$a = ${quotePowerShell(text)}\n`)).toEqual({ literals: [text], rest: '$a = \n' });
      }),
      { numRuns: 300, seed: 7 },
    );
  });

  it.each(['a\nb', 'a\rb', 'a\u2028b', 'a\u0000', 'a\u202eb', 'a\u0085b'])('refuses %j', (text) => {
    expect(() => quotePowerShell(text)).toThrow(RangeError);
  });
});

describe("the administrator's scripts", () => {
  it.each(scripts)('%s: every bracket and string is closed', (_, script) => {
    expect(scanPowershell(script).rest).toContain('Write-Step');
  });

  it('a script that is broken would be found', () => {
    const script = writeInstallScript(full);
    for (const part of ["Set-Scope '", 'Replace("\'"', 'finally {'])
      expect(() => scanPowershell(script.replace(part, part.slice(0, -1))), part).toThrow(/line \d+/);
  });

  it.each(scripts)('%s: what comes from the settings stands at the head alone, as literals', (name, script) => {
    const { literals, rest } = scanPowershell(script);
    const values = [...Object.values(SETTINGS), ...(name.includes('full') ? [HOSTILE] : [])];
    for (const value of values) {
      expect(literals.filter((one) => one === value)).toHaveLength(1);
      expect(rest).not.toContain(value);
      expect(script.split(quotePowerShell(value))).toHaveLength(2);
    }
    expect(literals.filter((one) => one.includes('Remove-Item /')).length).toBe(name.includes('full') ? 1 : 0);
  });

  it('grants what the apps need, and asks Entra for no right to calendars', () => {
    const script = writeInstallScript(full);
    for (const { name, id } of Object.values(NEEDED_PERMISSIONS).flat())
      expect(script).toMatch(new RegExp(`^Grant-Role \\$\\w+ '${id}' '${name.replaceAll('.', '\\.')}'`, 'm'));
    expect(script).not.toMatch(/^Grant-Role .*(Calendars|Mail)/m);
    for (const [file, app] of [
      ['aad.manifest.json', 'main'],
      ['aad.graph.manifest.json', 'daemon'],
    ] as const) {
      const text = readFileSync(new URL(`../../../../appPackage/${file}`, import.meta.url), 'utf8');
      const { requiredResourceAccess } = JSON.parse(text) as {
        requiredResourceAccess: { resourceAccess: { id: string }[] }[];
      };
      expect(requiredResourceAccess.flatMap(({ resourceAccess }) => resourceAccess.map(({ id }) => id)).sort()).toEqual(
        NEEDED_PERMISSIONS[app].map(({ name }) => name).sort(),
      );
    }
  });

  it('limits calendars to the program mailbox, or to the participants too', () => {
    const roles = (script: string): string[] =>
      [...script.matchAll(/^Grant-ExchangeRole '[^']+' '([^']+)' '([^']+)'/gm)].map(
        ([, role, scope]) => `${role} / ${scope}`,
      );
    expect(roles(writeInstallScript(basic))).toEqual(['Application Calendars.ReadWrite / Inverso program mailbox']);
    expect(roles(writeInstallScript(full))).toEqual([
      'Application Calendars.ReadWrite / Inverso program mailbox',
      'Application Calendars.Read / Inverso participants',
      'Application MailboxSettings.Read / Inverso participants',
    ]);
    expect(writeInstallScript(full)).not.toMatch(/New-ManagementRoleAssignment(?!.*-CustomResourceScope)/);
  });

  it('makes only what the removal takes away', () => {
    const removal = scanPowershell(writeRemovalScript(full)).literals;
    const made = [...writeInstallScript(full).matchAll(/^(?:Set-Scope|Grant-ExchangeRole) '([^']+)'/gm)].map(
      ([, name]) => name!,
    );
    expect(made).toHaveLength(5);
    expect(removal).toEqual(expect.arrayContaining([...made, 'Inverso', 'Tag:Inverso']));
  });
});

describe('inverso admin-script', () => {
  const env = {
    INVERSO_PUBLIC_URL: SETTINGS.publicUrl,
    INVERSO_TENANT_IDS: SETTINGS.tenantId,
    INVERSO_CLIENT_ID: SETTINGS.clientId,
    INVERSO_CLIENT_SECRET: 'hush-hush',
    INVERSO_GRAPH_CLIENT_ID: SETTINGS.graphClientId,
    INVERSO_PROGRAM_MAILBOX: SETTINGS.programMailbox,
  };

  it('prints the script of the settings, without the secret', async () => {
    const answer = await runCommand(['admin-script'], env);
    expect(answer).toEqual({ status: 0, out: writeInstallScript(basic), err: '' });
    expect(answer.out).not.toContain('hush-hush');
    const removal = await runCommand(['admin-script', '--remove'], env);
    expect(removal).toEqual({ status: 0, out: writeRemovalScript(basic), err: '' });
  });

  it.each([
    [['--rights', 'full'], 'participants'],
    [['--rights', 'full', '--participants', 'a\nRemove-Item /'], 'participants'],
    [['--rights', 'wide'], 'rights'],
  ])('refuses %j', async (args, path) => {
    const answer = await runCommand(['admin-script', ...args], env);
    expect(answer).toMatchObject({ status: 2, out: '' });
    expect(JSON.parse(answer.err)).toMatchObject({ path });
  });
});
