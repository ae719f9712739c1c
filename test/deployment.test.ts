import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SETTINGS } from '../server/config/settings.ts';
import { readDockerfile } from './make/read-dockerfile.ts';

const read = (path: string): string => readFileSync(new URL(`../appPackage/${path}`, import.meta.url), 'utf8');

describe('the Dockerfile', () => {
  const stages = readDockerfile(read('Dockerfile'));
  const image = stages.at(-1)!;

  it('runs as a user without rights, and asks for its own health', () => {
    expect(image.user).toBe('node');
    expect(image.healthCheck).toContain('/healthz');
    expect(image.command).toEqual(['node', 'server/inverso.mjs', 'serve']);
  });

  it('carries neither sources nor packages of development', () => {
    const copied = image.steps.flatMap((step) => (step.kind === 'COPY' && step.from === null ? step.sources : []));
    expect(copied).toEqual(['package.json', 'package-lock.json', '.npmrc', 'server/inverso.mjs']);
    const commands = image.steps.flatMap((step) => (step.kind === 'RUN' ? [step.command] : []));
    expect(commands).toEqual([expect.stringContaining('npm ci --omit=dev')]);
  });

  it('finds everything that it copies in its context', () => {
    const context = read('Dockerfile.dockerignore').split('\n');
    for (const { steps } of stages)
      for (const step of steps)
        for (const source of step.kind === 'COPY' && step.from === null ? step.sources : [])
          expect(context).toContain(`!${source.split('/')[0]}`);
  });

  it('would not be read with an instruction that nobody runs', () => {
    expect(() => readDockerfile('FROM a\nADD b c')).toThrow('ADD');
  });
});

describe('the deployment to Azure', () => {
  const bicep = read('azure/main.bicep');
  const given = new Set([...bicep.matchAll(/\{ name: '([A-Z_]+)', (?:value|secretRef):/g)].map(([, name]) => name!));

  it('gives the server settings that it knows, and all that it needs', () => {
    const known = SETTINGS.map(({ name }) => name);
    expect([...given].filter((name) => !(known as string[]).includes(name))).toEqual([]);
    const needed = SETTINGS.filter(({ default: value }) => value === null).map(({ name }) => name);
    const missing = needed.filter((name) => !given.has(name));
    // Either proof will do; the secret is given.
    expect(missing).toEqual(['INVERSO_CLIENT_CERTIFICATE_PATH']);
    expect(given).toContain('DATABASE_URL');
  });

  it('holds no secret: each comes from the vault, and the password from the shell', () => {
    for (const name of ['INVERSO_CLIENT_SECRET', 'DATABASE_URL'])
      expect(bicep).toMatch(new RegExp(`'${name}', secretRef:`));
    expect(bicep).toMatch(/@secure\(\)\n@minLength\(20\)\nparam databasePassword string\n/);
    expect(bicep).toContain('keyVaultUrl:');
    const parameters = read('azure/main.bicepparam');
    expect(parameters).toContain("param databasePassword = readEnvironmentVariable('INVERSO_DATABASE_PASSWORD')");
    for (const [, name] of parameters.matchAll(/^param (\w+)/gm))
      expect(bicep).toMatch(new RegExp(`^param ${name} `, 'm'));
  });

  it('closes the database to the internet, and the vault and the registry to all but the server', () => {
    expect(bicep).toContain("publicNetworkAccess: 'Disabled'");
    expect(bicep).toContain('enableRbacAuthorization: true');
    expect(bicep).not.toContain('adminUserEnabled: true');
    expect(bicep).toContain('allowInsecure: false');
    const roles = [...bicep.matchAll(/roleDefinitionId: (\w+)/g)].map(([, role]) => role).sort();
    expect(roles).toEqual(['acrPull', 'keyVaultSecretsOfficer', 'keyVaultSecretsUser']);
  });

  it('asks for health and readiness', () => {
    expect(bicep).toMatch(/type: 'Liveness', httpGet: \{ path: '\/healthz'/);
    expect(bicep).toMatch(/type: 'Readiness', httpGet: \{ path: '\/readyz'/);
  });

  it('closes every bracket, and names only what it declares', () => {
    const code = bicep.replace(/(?<=^|\s)\/\/.*$/gm, '').replace(/'(?:[^'\\\n]|\\.)*'/g, "''");
    const open: string[] = [];
    for (const sign of code.match(/[()[\]{}]/g) ?? []) {
      if ('([{'.includes(sign)) open.push(sign);
      else expect(`${open.pop()}${sign}`).toMatch(/^(\(\)|\[\]|\{\})$/);
    }
    expect(open).toEqual([]);
    const declared = [...bicep.matchAll(/^(?:param|var) (\w+)/gm)].map(([, name]) => name!);
    for (const name of declared) expect(bicep.match(new RegExp(`\\b${name}\\b`, 'g'))!.length, name).toBeGreaterThan(1);
  });
});
