import { NEEDED_PERMISSIONS, type AppName } from '../../check/needed-permissions.ts';
import { quotePowerShell } from './quote-powershell.ts';
import { assignmentName, EXCHANGE_ROLES, HELPERS, NAMES, writeValues, type ScriptInput } from './script-parts.ts';

/**
 * The script that an administrator of Microsoft 365 runs once, and again after every change: it makes what is missing and
 * leaves the rest. Holds no secret. Throws a RangeError for values that cannot stand in a script.
 */
export function writeInstallScript(input: ScriptInput): string {
  const isFull = input.rights === 'full';
  const group = input.participantsGroup !== null;
  return `#Requires -Version 7.2
#Requires -Modules Microsoft.Graph.Authentication, ExchangeOnlineManagement, MicrosoftTeams
<#
.SYNOPSIS
Installs Inverso in this organization (${isFull ? 'full rights: the calendars of the program mailbox and of the participants' : 'basic rights: the calendar of the program mailbox alone'}).
.DESCRIPTION
Run it as a Global administrator, or as one who is Privileged role, Exchange and Teams administrator. It may be run again at
any time: what is there already is left as it is. Modules, once:
Install-Module Microsoft.Graph.Authentication, ExchangeOnlineManagement, MicrosoftTeams -Scope CurrentUser
.PARAMETER Package
The zip of the app package (npm run package -- --env production).
.PARAMETER XmlManifest
The XML manifest beside it, for Outlook on the Mac and perpetual Outlook. Without it that part is left out.
#>
param(
  [Parameter(Mandatory)] [string]$Package,
  [string]$XmlManifest = ''
)

${writeValues(input)}

${HELPERS}

Write-Step 'Sign in'
Connect-MgGraph -TenantId $TenantId -NoWelcome -Scopes 'Application.ReadWrite.All', 'AppRoleAssignment.ReadWrite.All', 'DelegatedPermissionGrant.ReadWrite.All', 'AppCatalog.ReadWrite.All'${group ? ", 'Group.Read.All'" : ''}
if ((Get-MgContext).TenantId -ne $TenantId) { throw "Signed in to another tenant than $TenantId." }

Write-Step 'Enterprise applications'
function Get-Principal([string]$ForAppId) {
  $found = Find-Principal $ForAppId
  if ($found) { Write-Done "$($found.displayName) is there"; return $found }
  $made = Invoke-Graph POST '/servicePrincipals' @{ appId = $ForAppId }
  Write-Done "$($made.displayName) was added"
  $made
}
$app = Get-Principal $AppId
$graphApp = Get-Principal $GraphAppId
$graph = Find-Principal '00000003-0000-0000-c000-000000000000'

Write-Step 'Permissions of Microsoft Graph'
function Grant-Role($Principal, [string]$RoleId, [string]$Name) {
  $held = (Invoke-Graph GET "/servicePrincipals/$($Principal.id)/appRoleAssignments?\`$top=999").value
  if ($held | Where-Object { $_.resourceId -eq $graph.id -and $_.appRoleId -eq $RoleId }) { Write-Done "$Name is granted"; return }
  $null = Invoke-Graph POST "/servicePrincipals/$($graph.id)/appRoleAssignedTo" @{ principalId = $Principal.id; resourceId = $graph.id; appRoleId = $RoleId }
  Write-Done "$Name was granted"
}
${writeGrants('main', '$app')}
${writeGrants('daemon', '$graphApp')}

# What Entra grants reaches every mailbox and adds to what Exchange grants: such roles would cancel the limits below.
$wide = (Invoke-Graph GET "/servicePrincipals/$($graph.id)?\`$select=appRoles").appRoles | Where-Object { $_.value -match '^(Calendars|MailboxSettings)\\.' }
foreach ($assignment in (Invoke-Graph GET "/servicePrincipals/$($graphApp.id)/appRoleAssignments?\`$top=999").value) {
  $role = $wide | Where-Object { $_.id -eq $assignment.appRoleId }
  if ($assignment.resourceId -eq $graph.id -and $role) {
    $null = Invoke-Graph DELETE "/servicePrincipals/$($graphApp.id)/appRoleAssignments/$($assignment.id)"
    Write-Done "$($role.value) for every mailbox was taken away"
  }
}

Write-Step 'Consent to the tab and the pane for everybody'
$grant = (Invoke-Graph GET "/oauth2PermissionGrants?\`$filter=clientId eq '$($app.id)' and resourceId eq '$($app.id)' and consentType eq 'AllPrincipals'").value | Select-Object -First 1
if ($grant) { Write-Done 'is given' } else {
  $null = Invoke-Graph POST '/oauth2PermissionGrants' @{ clientId = $app.id; resourceId = $app.id; consentType = 'AllPrincipals'; scope = 'access_as_user' }
  Write-Done 'was given'
}

Write-Step 'Exchange: which mailboxes the second app may reach'
Connect-ExchangeOnline -ShowBanner:$false -Organization $TenantId
if (-not (Get-ServicePrincipal | Where-Object { $_.AppId -eq $GraphAppId })) {
  $null = New-ServicePrincipal -AppId $GraphAppId -ObjectId $graphApp.id -DisplayName ${quotePowerShell('Inverso Graph')}
  Write-Done 'the app was made known to Exchange'
}
function Set-Scope([string]$Name, [string]$Filter) {
  $scope = Get-ManagementScope | Where-Object { $_.Name -eq $Name }
  if (-not $scope) { $null = New-ManagementScope -Name $Name -RecipientRestrictionFilter $Filter; Write-Done "$Name was made" }
  else { Set-ManagementScope -Identity $Name -RecipientRestrictionFilter $Filter; Write-Done "$Name is there" }
}
function Grant-ExchangeRole([string]$Name, [string]$Role, [string]$Scope) {
  if (Get-ManagementRoleAssignment | Where-Object { $_.Name -eq $Name }) { Write-Done "$Role in $Scope is granted"; return }
  $null = New-ManagementRoleAssignment -Name $Name -App $graphApp.id -Role $Role -CustomResourceScope $Scope
  Write-Done "$Role in $Scope was granted"
}
$mailbox = Get-EXOMailbox -Identity $ProgramMailbox
Set-Scope ${quotePowerShell(NAMES.mailboxScope)} "UserPrincipalName -eq '$($mailbox.UserPrincipalName.Replace("'", "''"))'"
${writeExchangeRoles('mailbox', NAMES.mailboxScope)}
${isFull ? writeParticipants() : ''}Test-ServicePrincipalAuthorization -Identity $graphApp.id -Resource $mailbox.UserPrincipalName | Format-Table RoleName, GrantedPermissions, AllowedResourceScope, InScope

Write-Step 'Teams: the catalog of the organization'
$archive = [System.IO.Compression.ZipFile]::OpenRead((Resolve-Path $Package).Path)
try {
  $reader = [System.IO.StreamReader]::new($archive.GetEntry('manifest.json').Open())
  $manifest = $reader.ReadToEnd() | ConvertFrom-Json
  $reader.Dispose()
} finally { $archive.Dispose() }
if ($manifest.id -ne $ManifestId) { throw "The package is of the app $($manifest.id), not of $ManifestId." }
function Send-Package([string]$Path) {
  Invoke-MgGraphRequest -Method POST -Uri "https://graph.microsoft.com/v1.0$Path" -InputFilePath (Resolve-Path $Package).Path -ContentType 'application/zip' -OutputType HashTable
}
$catalogApp = Find-CatalogApp
if (-not $catalogApp) {
  $catalogApp = Send-Package '/appCatalogs/teamsApps'
  Write-Done "version $($manifest.version) was published"
} elseif ($catalogApp.appDefinitions.version -contains $manifest.version) {
  Write-Done "version $($manifest.version) is published"
} else {
  $null = Send-Package "/appCatalogs/teamsApps/$($catalogApp.id)/appDefinitions"
  Write-Done "version $($manifest.version) was published as an update"
}

Write-Step 'Teams: set-up policy'
Connect-MicrosoftTeams -TenantId $TenantId | Out-Null
$policy = Get-CsTeamsAppSetupPolicy | Where-Object { $_.Identity -eq ${quotePowerShell(`Tag:${NAMES.policy}`)} }
if (-not $policy) {
  Write-Done 'Not there yet. Microsoft asks that these policies are made by hand: Teams admin center > Teams apps > Setup policies >'
  Write-Done ${quotePowerShell(`Add: name it ${NAMES.policy}, add Inverso under Installed apps and under Pinned apps, Save. Then run this script again.`)}
}
${group ? writePolicyAssignment() : `else { Write-Done ${quotePowerShell('is there: assign it to the participants (Setup policies > Group policy assignment)')} }\n`}
Write-Step 'Outlook'
Write-Done 'Microsoft 365 admin center > Settings > Integrated apps > Inverso (or Upload custom apps > the zip) > Users: assign it to the'
Write-Done 'participants, Deployment: Accept permissions, Finish. It shows in new Outlook, on the web and in classic Outlook within a day.'
if ($XmlManifest) {
  Write-Done 'Outlook on the Mac and perpetual Outlook: Integrated apps > Upload custom apps > Office Add-in > Upload manifest file:'
  Write-Done (Resolve-Path $XmlManifest).Path
}

Write-Step 'Proof'
Write-Done 'Exchange needs up to two hours until the limits hold. Then run: inverso check'
`;
}

const writeGrants = (app: AppName, principal: string): string =>
  NEEDED_PERMISSIONS[app]
    .map(({ name, id }) => `Grant-Role ${principal} ${quotePowerShell(id)} ${quotePowerShell(name)}`)
    .join('\n');

const writeExchangeRoles = (of: keyof typeof EXCHANGE_ROLES, scope: string): string =>
  EXCHANGE_ROLES[of]
    .map(
      (role) =>
        `Grant-ExchangeRole ${quotePowerShell(assignmentName(role))} ${quotePowerShell(role)} ${quotePowerShell(scope)}`,
    )
    .join('\n');

const writeParticipants = (): string => `# Members of groups in this group are not counted by Exchange.
$members = Get-DistributionGroup -Identity $ParticipantsGroup
Set-Scope ${quotePowerShell(NAMES.participantsScope)} "MemberOfGroup -eq '$($members.DistinguishedName.Replace("'", "''"))'"
${writeExchangeRoles('participants', NAMES.participantsScope)}
`;

const writePolicyAssignment = (): string => `else {
  $groupFilter = [uri]::EscapeDataString("mail eq '$($ParticipantsGroup.Replace("'", "''"))'")
  $group = (Invoke-Graph GET "/groups?\`$filter=$groupFilter&\`$select=id").value | Select-Object -First 1
  if (-not $group) { throw "There is no group $ParticipantsGroup." }
  if (Get-CsGroupPolicyAssignment -PolicyType TeamsAppSetupPolicy | Where-Object { $_.GroupId -eq $group.id }) { Write-Done 'is assigned to the participants' }
  else {
    New-CsGroupPolicyAssignment -GroupId $group.id -PolicyType TeamsAppSetupPolicy -PolicyName ${quotePowerShell(NAMES.policy)} -Rank 1 | Out-Null
    Write-Done 'was assigned to the participants'
  }
}
`;
