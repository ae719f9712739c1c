import type { ScriptSettings } from '../../config.ts';
import { quotePowerShell } from './quote-powershell.ts';

/** What the administrator's scripts are written for. */
export interface ScriptInput {
  settings: ScriptSettings;
  /** Full rights: the participants' own calendars, which notifications need. Basic: the program mailbox alone. */
  rights: 'basic' | 'full';
  /** Address of the mail-enabled security group of all participants; null without one. */
  participantsGroup: string | null;
}

/** Names that the scripts give to what they make in Exchange and Teams, so that both find it again. */
export const NAMES = {
  mailboxScope: 'Inverso program mailbox',
  participantsScope: 'Inverso participants',
  assignment: 'Inverso',
  policy: 'Inverso',
} as const;

/** Exchange roles of app 2, by the scope that limits them. */
export const EXCHANGE_ROLES = {
  mailbox: ['Application Calendars.ReadWrite'],
  participants: ['Application Calendars.Read', 'Application MailboxSettings.Read'],
} as const;

/** Name of the assignment of an Exchange role. Exchange takes at most 64 characters. */
export const assignmentName = (role: string): string => `${NAMES.assignment}: ${role}`;

/** The values at the head of a script: the only place where anything of the tenant stands. */
export function writeValues({ settings, participantsGroup }: ScriptInput): string {
  const values: [string, string][] = [
    ['TenantId', settings.tenantId],
    ['ServerUrl', settings.publicUrl],
    ['AppId', settings.clientId],
    ['GraphAppId', settings.graphClientId],
    ['ManifestId', settings.manifestId],
    ['ProgramMailbox', settings.programMailbox],
    ['ParticipantsGroup', participantsGroup ?? ''],
  ];
  return values.map(([name, value]) => `$${name} = ${quotePowerShell(value)}`).join('\n');
}

/** Functions that both scripts use. Each call to Graph names its path in full; what is not there is null. */
export const HELPERS = `Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

function Write-Step([string]$Text) { Write-Host "== $Text" -ForegroundColor Cyan }
function Write-Done([string]$Text) { Write-Host "   $Text" }

function Invoke-Graph([string]$Method, [string]$Path, $Body = $null) {
  $arguments = @{ Method = $Method; Uri = "https://graph.microsoft.com/v1.0$Path"; OutputType = 'HashTable' }
  if ($null -ne $Body) {
    $arguments.Body = ConvertTo-Json $Body -Depth 6
    $arguments.ContentType = 'application/json'
  }
  Invoke-MgGraphRequest @arguments
}

function Find-Principal([string]$ForAppId) {
  (Invoke-Graph GET "/servicePrincipals?\`$filter=appId eq '$ForAppId'&\`$select=id,appId,displayName").value | Select-Object -First 1
}

function Find-CatalogApp {
  (Invoke-Graph GET "/appCatalogs/teamsApps?\`$filter=externalId eq '$ManifestId' and distributionMethod eq 'organization'&\`$expand=appDefinitions").value | Select-Object -First 1
}`;
