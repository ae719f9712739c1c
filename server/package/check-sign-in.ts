import type { AppPackage, EntraApp, PackageFault } from './package-types.ts';

/** Microsoft's own clients that may ask for a token of ours without a question to the person. */
const CLIENTS = {
  '1fec8e78-bce4-4aaf-ab1b-5451cc387264': 'Teams on the desktop and on phones',
  '5e3ce6c0-2b1f-4285-8d4b-75ee78787346': 'Teams on the web',
  '4765445b-32c6-49b0-83e6-1d93765276ca': 'Microsoft 365 on the web',
  '0ec893e0-5785-4de6-99da-4ed124e5296c': 'Microsoft 365 on the desktop',
  'd3590ed6-52b3-4102-aeff-aad2292ab01c': 'Microsoft 365 and Outlook on phones',
  'bc59ab01-8403-45c6-8796-ac3ef710b3e3': 'Outlook on the web',
  '00000002-0000-0ff1-ce00-000000000000': 'Exchange',
  '4345a7b9-9a63-4910-a426-35363201d503': 'Office on the desktop and the web',
};
const SIGN_IN_ROLES = ['AppCatalog.Read.All', 'TeamsAppInstallation.ReadWriteSelfForUser.All'];
/** Rights to calendars and mailbox settings come from Exchange alone: asked for here they would reach every mailbox. */
const GRAPH_ROLES = ['GroupMember.Read.All', 'User.Read.All'];
const SCOPE = 'access_as_user';

/** Whether manifest and Entra apps agree on who signs in where, and whether the apps ask for just the rights they need. */
export function checkSignIn({ manifest, signInApp, graphApp }: AppPackage): PackageFault[] {
  const faults: PackageFault[] = [];
  const expect = (check: PackageFault['check'], where: string, isRight: boolean, reason: string): void => {
    if (!isRight) faults.push({ check, where, reason });
  };
  const domain = manifest.validDomains?.[0];
  const web = manifest.webApplicationInfo;
  const nested = web?.nestedAppAuthInfo?.[0];
  expect('signIn', 'webApplicationInfo.id', web?.id === manifest.bots?.[0]?.botId, 'is another app than the bot');
  expect(
    'signIn',
    'webApplicationInfo.resource',
    web?.resource === `api://${domain}/botid-${web?.id}`,
    `is ${web?.resource}`,
  );
  expect(
    'signIn',
    'nestedAppAuthInfo.redirectUri',
    nested?.redirectUri === `brk-multihub://${domain}`,
    `is ${nested?.redirectUri}`,
  );
  expect(
    'signIn',
    'nestedAppAuthInfo.scopes',
    nested?.scopes.join() === `${web?.resource}/${SCOPE}`,
    `are ${nested?.scopes.join()}`,
  );

  const scope = signInApp.api.oauth2PermissionScopes.find(({ value, isEnabled }) => value === SCOPE && isEnabled);
  expect('entra', 'aad.manifest.json appId', signInApp.appId === web?.id, 'is another app than webApplicationInfo.id');
  expect(
    'entra',
    'aad.manifest.json identifierUris',
    signInApp.identifierUris.join() === web?.resource,
    'differ from webApplicationInfo.resource',
  );
  expect(
    'entra',
    'aad.manifest.json api',
    signInApp.api.requestedAccessTokenVersion === 2,
    'asks for tokens of version 1',
  );
  expect('entra', 'aad.manifest.json api', scope !== undefined, `has no scope ${SCOPE}`);
  const allowed = signInApp.api.preAuthorizedApplications.filter(
    ({ delegatedPermissionIds }) => delegatedPermissionIds.join() === scope?.id,
  );
  for (const [appId, name] of Object.entries(CLIENTS)) {
    expect(
      'entra',
      'preAuthorizedApplications',
      allowed.some((client) => client.appId === appId),
      `lacks ${name} (${appId})`,
    );
  }
  for (const { appId } of signInApp.api.preAuthorizedApplications) {
    expect(
      'entra',
      'preAuthorizedApplications',
      appId in CLIENTS,
      `lets in ${appId}, which is none of Microsoft's clients`,
    );
  }
  const pages = [
    manifest.staticTabs?.[0]?.contentUrl,
    manifest.extensions?.[0]?.runtimes?.[0]?.code.page,
    nested?.redirectUri,
  ];
  expect(
    'entra',
    'aad.manifest.json spa',
    sorted(signInApp.spa.redirectUris) === sorted(pages),
    'does not name the tab, the pane and the broker',
  );
  expect('entra', 'aad.manifest.json', rolesOf(signInApp) === SIGN_IN_ROLES.join(), `asks for ${rolesOf(signInApp)}`);

  const redirects = [graphApp.spa, graphApp.web, graphApp.publicClient].flatMap(({ redirectUris }) => redirectUris);
  expect(
    'entra',
    'aad.graph.manifest.json',
    graphApp.appId !== signInApp.appId,
    'is the same app as the one that signs people in',
  );
  expect(
    'entra',
    'aad.graph.manifest.json',
    redirects.length === 0,
    'nobody signs in at this app, so it has no redirect address',
  );
  expect(
    'entra',
    'aad.graph.manifest.json',
    graphApp.api.oauth2PermissionScopes.length === 0,
    'offers a scope to others',
  );
  expect('entra', 'aad.graph.manifest.json', rolesOf(graphApp) === GRAPH_ROLES.join(), `asks for ${rolesOf(graphApp)}`);
  for (const app of [signInApp, graphApp]) {
    expect('entra', app.displayName, app.signInAudience === 'AzureADMyOrg', 'is open to other organizations');
  }
  return faults;
}

/** What an app asks for, one string to compare; a right that is not an application role is marked as such. */
function rolesOf(app: EntraApp): string {
  return sorted(
    app.requiredResourceAccess.flatMap(({ resourceAppId, resourceAccess }) =>
      resourceAccess.map(({ id, type }) =>
        resourceAppId === 'Microsoft Graph' && type === 'Role' ? id : `${resourceAppId} ${type} ${id}`,
      ),
    ),
  );
}

const sorted = (values: (string | undefined)[]): string => [...values].sort().join();
