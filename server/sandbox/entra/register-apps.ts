import { guid, opaqueId } from '../hash.ts';
import { GROUP_NAMES, groupId, programMailboxId } from '../people/company-roles.ts';
import type { EntraApp, RightsMode, World } from '../world.ts';
import { TEAMS_WEB_CLIENT_ID } from './entra.ts';

/** Microsoft's own clients that show tabs and panes: they get tokens for the app without asking. */
const HOST_CLIENT_IDS = [
  '1fec8e78-bce4-4aaf-ab1b-5451cc387264',
  TEAMS_WEB_CLIENT_ID,
  '4765445b-32c6-49b0-83e6-1d93765276ca',
  '0ec893e0-5785-4de6-99da-4ed124e5296c',
  'd3590ed6-52b3-4102-aeff-aad2292ab01c',
  'bc59ab01-8403-45c6-8796-ac3ef710b3e3',
  '00000002-0000-0ff1-ce00-000000000000',
  '4345a7b9-9a63-4910-a426-35363201d503',
];

/** Pages of the product that sign in by themselves when no host does it for them. */
const SIGN_IN_PAGES = ['/tab', '/taskpane'];

/** The two registrations of the product. */
export interface RegisteredApps {
  /** Single sign-on, nested sign-in, bot, installing itself, catalog: secret, pages, a scope of its own. */
  main: EntraApp;
  /** The daemon that reads the directory and the calendars: a certificate, no page, no secret. */
  graph: EntraApp;
}

const registration = (seed: number, name: string, displayName: string): EntraApp => ({
  clientId: guid(seed, 'app', name),
  displayName,
  servicePrincipalId: guid(seed, 'service principal', name),
  secret: null,
  certificates: [],
  graphRoles: [],
  identifierUri: null,
  exposedScopes: [],
  redirectUris: [],
  preAuthorizedClientIds: [],
  appRoleAssignments: {},
  consentRequired: false,
});

/** Registers both applications with what an administrator grants them, and puts them into `world.apps`. */
export function registerApps(
  world: World,
  graphCertificatePem: string,
  overrides: { main?: Partial<EntraApp>; graph?: Partial<EntraApp> },
): RegisteredApps {
  const { seed, rightsMode } = world;
  const main: EntraApp = {
    ...registration(seed, 'main', 'Inverso'),
    secret: opaqueId(40, seed, 'client secret'),
    graphRoles: ['TeamsAppInstallation.ReadWriteSelfForUser.All', 'AppCatalog.Read.All'],
    exposedScopes: ['access_as_user'],
    preAuthorizedClientIds: HOST_CLIENT_IDS,
    ...overrides.main,
  };
  const graph: EntraApp = {
    ...registration(seed, 'graph', 'Inverso calendars'),
    certificates: [graphCertificatePem],
    graphRoles: ['User.Read.All', 'GroupMember.Read.All', ...tenantWideRoles(rightsMode)],
    ...overrides.graph,
  };
  for (const app of [main, graph]) world.apps.set(app.clientId, app);
  return { main, graph };
}

const tenantWideRoles = (mode: RightsMode): string[] =>
  mode === 'tenantWide' ? ['Calendars.ReadWrite', 'MailboxSettings.Read'] : [];

/** Gives the daemon its calendars by Exchange role assignments: the program mailbox to write, participants' to read. */
export function assignMailboxes(world: World, { clientId }: EntraApp): void {
  if (world.rightsMode !== 'exchangeRbac') return;
  const participants = [`group:${groupId(world.seed, GROUP_NAMES.participants)}`];
  const program = programMailboxId(world.seed);
  world.exchangeAssignments.push(
    { clientId, role: 'Application Calendars.ReadWrite', scope: [program] },
    { clientId, role: 'Application Calendars.Read', scope: participants },
    { clientId, role: 'Application MailboxSettings.Read', scope: participants },
  );
}

/** Enters where the product is: the application id URI and the pages to which a sign-in may answer. */
export function registerAddresses(main: EntraApp, publicHost: string, loopbackOrigin: string): void {
  main.identifierUri = `api://${publicHost}/botid-${main.clientId}`;
  const loopback = new URL(loopbackOrigin);
  const names = ['127.0.0.1', 'localhost'].includes(loopback.hostname)
    ? ['127.0.0.1', 'localhost']
    : [loopback.hostname];
  const origins = [`https://${publicHost}`, ...names.map((name) => `http://${name}:${loopback.port}`)];
  main.redirectUris = [
    ...origins.flatMap((origin) => SIGN_IN_PAGES.map((page) => origin + page)),
    `brk-multihub://${publicHost}`,
  ];
}
