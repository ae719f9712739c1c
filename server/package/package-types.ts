import type { TeamsManifestLatest } from '@microsoft/app-manifest';

/** The registration of an Entra app, as the toolkit's `aadApp/update` takes it. */
export interface EntraApp {
  id: string;
  appId: string;
  displayName: string;
  identifierUris: string[];
  signInAudience: string;
  api: {
    requestedAccessTokenVersion: number;
    oauth2PermissionScopes: { id: string; value: string; isEnabled: boolean }[];
    preAuthorizedApplications: { appId: string; delegatedPermissionIds: string[] }[];
  };
  appRoles: { id: string; value: string; isEnabled: boolean }[];
  publicClient: { redirectUris: string[] };
  requiredResourceAccess: { resourceAppId: string; resourceAccess: { id: string; type: string }[] }[];
  web: { redirectUris: string[] };
  spa: { redirectUris: string[] };
}

/** One step of `teamsapp.yml`. */
export interface ToolkitStep {
  uses: string;
  with: Record<string, unknown>;
  writeToEnvironmentFile?: Record<string, string>;
}

/** `teamsapp.yml`, its placeholders not filled in. */
export interface ToolkitFile {
  version: string;
  environmentFolderPath: string;
  provision: ToolkitStep[];
  deploy: ToolkitStep[];
  publish: ToolkitStep[];
}

/** Everything that belongs to the app package, read and with the placeholders filled in. */
export interface AppPackage {
  manifest: TeamsManifestLatest;
  /** Language files by their path inside appPackage. */
  languages: Record<string, Record<string, string>>;
  /** PNG files by their path inside appPackage. */
  packageIcons: Record<string, Uint8Array>;
  /** PNG files that the server gives at `/icons/`, by name. */
  servedIcons: Record<string, Uint8Array>;
  signInApp: EntraApp;
  graphApp: EntraApp;
  toolkit: ToolkitFile;
  /** Environment files by name, each as its settings. */
  environments: Record<string, Record<string, string>>;
  /** Names of the placeholders, by the file that uses them. */
  placeholders: Record<string, string[]>;
  /** Files of the project that the toolkit's file may name, from the top folder on. */
  projectFiles: string[];
  npmScripts: string[];
}

/** One thing wrong with the package: which check found it, where, and what. */
export interface PackageFault {
  check:
    | 'schema'
    | 'format'
    | 'xml'
    | 'action'
    | 'address'
    | 'signIn'
    | 'permission'
    | 'surface'
    | 'text'
    | 'language'
    | 'icon'
    | 'entra'
    | 'toolkit'
    | 'environment';
  where: string;
  reason: string;
}
