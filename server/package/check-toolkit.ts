import type { AppPackage, PackageFault, ToolkitStep } from './package-types.ts';

const EXAMPLE = '.env.example';
const GUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/;
const PLAIN_VERSION = /^\d+\.\d+\.\d+$/;

/** Whether the steps of `teamsapp.yml` fit each other and the files, and whether the environment files fit the steps. */
export function checkToolkit(appPackage: AppPackage): PackageFault[] {
  return [...checkSteps(appPackage), ...checkEnvironments(appPackage)];
}

function checkSteps({ toolkit, projectFiles, npmScripts, signInApp, graphApp }: AppPackage): PackageFault[] {
  const faults: PackageFault[] = [];
  const add = (where: string, reason: string): void => void faults.push({ check: 'toolkit', where, reason });
  for (const name of ['provision', 'deploy', 'publish'] as const) {
    const steps = Array.isArray(toolkit[name]) ? toolkit[name] : [];
    if (steps.length === 0) add(name, 'has no steps');
    let packed: unknown = null;
    for (const step of steps) {
      const where = `${name} ${step.uses}`;
      const path = textOf(step, 'manifestPath');
      if (path !== null && !projectFiles.includes(path.replace(/^\.\//, ''))) add(where, `${path} does not exist`);
      if (step.uses === 'teamsApp/zipAppPackage') packed = step.with['outputZipPath'];
      const uploaded = textOf(step, 'appPackagePath');
      if (uploaded !== null && uploaded !== packed) add(where, `${uploaded} has not been packed before`);
      const script = step.uses === 'cli/runNpmCommand' ? /^run (\S+)/.exec(textOf(step, 'args') ?? '')?.[1] : undefined;
      if (script !== undefined && !npmScripts.includes(script)) add(where, `package.json has no script ${script}`);
    }
  }
  const uses = (name: 'provision' | 'publish'): string[] => (toolkit[name] ?? []).map((step) => step.uses);
  if (!uses('publish').includes('teamsApp/publishAppPackage')) add('publish', 'never hands the package to the catalog');
  const order = [
    'teamsApp/create',
    'aadApp/create',
    'botFramework/create',
    'aadApp/update',
    'teamsApp/zipAppPackage',
    'teamsApp/update',
    'teamsApp/extendToM365',
  ];
  const places = order.map((step) => uses('provision').indexOf(step));
  if (places.some((place, at) => place < 0 || place < (places[at - 1] ?? 0)))
    add('provision', `its steps do not come as ${order.join(', ')}`);
  const updates = (toolkit.provision ?? []).filter(({ uses }) => uses === 'aadApp/update').length;
  if (updates !== [signInApp, graphApp].length) add('provision', `${updates} of 2 Entra apps are written`);
  return faults;
}

const textOf = (step: ToolkitStep, key: string): string | null => {
  const value = step.with[key];
  return typeof value === 'string' ? value : null;
};

function checkEnvironments({ toolkit, environments, placeholders }: AppPackage): PackageFault[] {
  const faults: PackageFault[] = [];
  const add = (where: string, reason: string): void => void faults.push({ check: 'environment', where, reason });
  const example = environments[EXAMPLE];
  if (!example) {
    add(EXAMPLE, 'does not exist');
    return faults;
  }
  for (const [file, names] of Object.entries(placeholders)) {
    for (const name of names.filter((name) => !(name in example)))
      add(file, `uses ${name}, which ${EXAMPLE} does not name`);
  }
  const written = [...(toolkit.provision ?? []), ...(toolkit.publish ?? [])].flatMap((step) =>
    Object.values(step.writeToEnvironmentFile ?? {}),
  );
  for (const name of written.filter((name) => !name.startsWith('SECRET_') && !(name in example))) {
    add('teamsapp.yml', `writes ${name}, which ${EXAMPLE} does not name`);
  }
  for (const [file, settings] of Object.entries(environments)) {
    if (Object.keys(settings).sort().join() !== Object.keys(example).sort().join())
      add(file, `its names differ from those of ${EXAMPLE}`);
    if (Object.keys(settings).some((name) => /SECRET|PASSWORD|KEY/.test(name))) add(file, 'holds a secret');
    if (`.env.${settings['TEAMSFX_ENV']}` !== file) add(file, `calls itself ${settings['TEAMSFX_ENV']}`);
    if (!PLAIN_VERSION.test(settings['APP_VERSION'] ?? '')) add(file, `APP_VERSION is ${settings['APP_VERSION']}`);
    if (!GUID.test(settings['TEAMS_APP_ID'] ?? '')) add(file, `TEAMS_APP_ID is ${settings['TEAMS_APP_ID']}`);
  }
  return faults;
}
