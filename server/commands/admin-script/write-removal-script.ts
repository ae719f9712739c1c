import { quotePowerShell } from './quote-powershell.ts';
import { assignmentName, EXCHANGE_ROLES, HELPERS, NAMES, writeValues, type ScriptInput } from './script-parts.ts';

/**
 * The counterpart of the installing script: takes away everything that either level of rights gave, and may be run again.
 * Sessions in calendars are the program's: it is ended in Inverso before.
 */
export function writeRemovalScript(input: ScriptInput): string {
  const roles = [...EXCHANGE_ROLES.mailbox, ...EXCHANGE_ROLES.participants];
  const list = (names: readonly string[]): string => names.map(quotePowerShell).join(', ');
  return `#Requires -Version 7.2
#Requires -Modules Microsoft.Graph.Authentication, ExchangeOnlineManagement, MicrosoftTeams
<#
.SYNOPSIS
Removes Inverso from this organization.
.DESCRIPTION
First end the program in Inverso, so that it cancels its sessions: nobody can do that afterwards. What is gone already is left
out. Then remove Inverso by hand in the Microsoft 365 admin center > Settings > Integrated apps.
.PARAMETER Registrations
Also deletes the registrations of both apps in Entra; without it only their rights and enterprise applications go.
#>
param([switch]$Registrations)

${writeValues(input)}

${HELPERS}

Write-Step 'Sign in'
Connect-MgGraph -TenantId $TenantId -NoWelcome -Scopes 'Application.ReadWrite.All', 'AppRoleAssignment.ReadWrite.All', 'AppCatalog.ReadWrite.All'
if ((Get-MgContext).TenantId -ne $TenantId) { throw "Signed in to another tenant than $TenantId." }

Write-Step 'Teams'
Connect-MicrosoftTeams -TenantId $TenantId | Out-Null
Get-CsGroupPolicyAssignment -PolicyType TeamsAppSetupPolicy | Where-Object { $_.PolicyName -eq ${quotePowerShell(NAMES.policy)} } | ForEach-Object {
  Remove-CsGroupPolicyAssignment -GroupId $_.GroupId -PolicyType TeamsAppSetupPolicy
  Write-Done 'an assignment of the set-up policy was removed'
}
if (Get-CsTeamsAppSetupPolicy | Where-Object { $_.Identity -eq ${quotePowerShell(`Tag:${NAMES.policy}`)} }) {
  Remove-CsTeamsAppSetupPolicy -Identity ${quotePowerShell(NAMES.policy)}
  Write-Done 'the set-up policy was removed'
}
$catalogApp = Find-CatalogApp
if ($catalogApp) {
  $null = Invoke-Graph DELETE "/appCatalogs/teamsApps/$($catalogApp.id)"
  Write-Done 'the app was removed from the catalog'
}

Write-Step 'Exchange'
Connect-ExchangeOnline -ShowBanner:$false -Organization $TenantId
foreach ($name in ${list(roles.map(assignmentName))}) {
  if (Get-ManagementRoleAssignment | Where-Object { $_.Name -eq $name }) {
    Remove-ManagementRoleAssignment -Identity $name -Confirm:$false
    Write-Done "$name was removed"
  }
}
foreach ($name in ${list([NAMES.mailboxScope, NAMES.participantsScope])}) {
  if (Get-ManagementScope | Where-Object { $_.Name -eq $name }) {
    Remove-ManagementScope -Identity $name -Confirm:$false
    Write-Done "the scope $name was removed"
  }
}
Get-ServicePrincipal | Where-Object { $_.AppId -eq $GraphAppId } | ForEach-Object {
  Remove-ServicePrincipal -Identity $_.ObjectId -Confirm:$false
  Write-Done 'the app was removed from Exchange'
}

Write-Step 'Entra'
foreach ($id in $GraphAppId, $AppId) {
  $principal = Find-Principal $id
  if ($principal) {
    # Its permissions and consents go with it.
    $null = Invoke-Graph DELETE "/servicePrincipals/$($principal.id)"
    Write-Done "$($principal.displayName) was removed, and every permission with it"
  }
  if ($Registrations) {
    $registration = (Invoke-Graph GET "/applications?\`$filter=appId eq '$id'&\`$select=id").value | Select-Object -First 1
    if ($registration) {
      $null = Invoke-Graph DELETE "/applications/$($registration.id)"
      Write-Done 'its registration was deleted'
    }
  }
}

Write-Step 'By hand'
Write-Done 'Microsoft 365 admin center > Settings > Integrated apps: remove Inverso and its XML twin.'
Write-Done "Stop the server at $ServerUrl and delete its database; then the license of $ProgramMailbox is free."
`;
}
