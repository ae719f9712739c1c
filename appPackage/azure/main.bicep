// Inverso in Azure: a container app, a PostgreSQL server that only it reaches, a key vault that only its identity reads.
//
// az deployment group create --resource-group inverso --template-file appPackage/azure/main.bicep \
//   --parameters appPackage/azure/main.bicepparam
//
// The secrets `client-secret` and `graph-pem` are put into the vault by hand (README, Administrator's guide), once the first
// deployment (isServerDeployed=false) has made it.
targetScope = 'resourceGroup'

@description('Beginning of all names; small letters and digits.')
@minLength(3)
@maxLength(12)
param name string = 'inverso'

param location string = resourceGroup().location

@description('The image, for example contoso.azurecr.io/inverso:1.0.0.')
param image string

@description('Name of the registry in this resource group that holds the image.')
param registryName string

@description('False at first, until the vault holds the secrets.')
param isServerDeployed bool = true

@description('Host name under which people reach the server (INVERSO_DOMAIN of the environment file).')
param domain string

param tenantId string = tenant().tenantId
param clientId string
param graphClientId string
param programMailbox string

@description('Object ids of the first administrators of the program, separated by commas.')
param administrators string

@description('Object id of whoever puts the secrets into the vault.')
param secretOfficerId string

@secure()
@minLength(20)
param databasePassword string

var unique = uniqueString(resourceGroup().id, name)
var databaseUser = 'inverso_owner'
var databaseName = 'inverso'
// Built-in roles: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
var keyVaultSecretsUser = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '4633458b-17de-408a-b874-0445c86b69e6')
var keyVaultSecretsOfficer = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7')
var acrPull = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '7f951dda-4ed3-4680-a7ca-43fe172d538d')

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '${name}-server'
  location: location
}

resource logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: '${name}-logs'
  location: location
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: 30
  }
}

resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: '${name}-network'
  location: location
  properties: {
    addressSpace: { addressPrefixes: [ '10.20.0.0/16' ] }
    subnets: [
      {
        name: 'apps'
        properties: {
          addressPrefix: '10.20.0.0/23'
          delegations: [ { name: 'apps', properties: { serviceName: 'Microsoft.App/environments' } } ]
        }
      }
      {
        name: 'database'
        properties: {
          addressPrefix: '10.20.4.0/28'
          delegations: [ { name: 'database', properties: { serviceName: 'Microsoft.DBforPostgreSQL/flexibleServers' } } ]
        }
      }
    ]
  }

  resource apps 'subnets' existing = { name: 'apps' }
  resource database 'subnets' existing = { name: 'database' }
}

resource databaseZone 'Microsoft.Network/privateDnsZones@2020-06-01' = {
  name: '${name}.private.postgres.database.azure.com'
  location: 'global'

  resource link 'virtualNetworkLinks' = {
    name: 'network'
    location: 'global'
    properties: {
      registrationEnabled: false
      virtualNetwork: { id: network.id }
    }
  }
}

resource postgres 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: '${name}-${unique}'
  location: location
  sku: { name: 'Standard_B2s', tier: 'Burstable' }
  properties: {
    version: '16'
    administratorLogin: databaseUser
    administratorLoginPassword: databasePassword
    storage: { storageSizeGB: 32, autoGrow: 'Enabled' }
    backup: { backupRetentionDays: 14, geoRedundantBackup: 'Disabled' }
    highAvailability: { mode: 'Disabled' }
    network: {
      delegatedSubnetResourceId: network::database.id
      privateDnsZoneArmResourceId: databaseZone.id
      publicNetworkAccess: 'Disabled'
    }
  }
  dependsOn: [ databaseZone::link ]

  resource database 'databases' = {
    name: databaseName
    properties: { charset: 'UTF8', collation: 'en_US.utf8' }
  }
}

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: take('${name}-${unique}', 24)
  location: location
  properties: {
    tenantId: tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    enablePurgeProtection: true
  }

  resource databaseUrl 'secrets' = {
    name: 'database-url'
    properties: {
      value: 'postgres://${databaseUser}:${uriComponent(databasePassword)}@${postgres.properties.fullyQualifiedDomainName}:5432/${databaseName}?sslmode=require'
    }
  }
}

// The server reads secrets and pulls its image: nothing else.
resource readsSecrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, identity.id, keyVaultSecretsUser)
  scope: vault
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: keyVaultSecretsUser
  }
}

resource putsSecrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, secretOfficerId, keyVaultSecretsOfficer)
  scope: vault
  properties: {
    principalId: secretOfficerId
    principalType: 'User'
    roleDefinitionId: keyVaultSecretsOfficer
  }
}

resource registry 'Microsoft.ContainerRegistry/registries@2023-07-01' existing = {
  name: registryName
}

resource pullsImage 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(registry.id, identity.id, acrPull)
  scope: registry
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: acrPull
  }
}

resource environment 'Microsoft.App/managedEnvironments@2024-03-01' = {
  name: '${name}-environment'
  location: location
  properties: {
    vnetConfiguration: { infrastructureSubnetId: network::apps.id, internal: false }
    workloadProfiles: [ { name: 'Consumption', workloadProfileType: 'Consumption' } ]
    appLogsConfiguration: {
      destination: 'log-analytics'
      logAnalyticsConfiguration: {
        customerId: logs.properties.customerId
        sharedKey: logs.listKeys().primarySharedKey
      }
    }
  }
}

var vaultSecrets = [ 'database-url', 'client-secret', 'graph-pem' ]

resource server 'Microsoft.App/containerApps@2024-03-01' = if (isServerDeployed) {
  name: name
  location: location
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identity.id}': {} }
  }
  properties: {
    environmentId: environment.id
    workloadProfileName: 'Consumption'
    configuration: {
      activeRevisionsMode: 'Single'
      ingress: {
        external: true
        allowInsecure: false
        targetPort: 3978
        transport: 'auto'
      }
      registries: [ { server: registry.properties.loginServer, identity: identity.id } ]
      secrets: [for secret in vaultSecrets: {
        name: secret
        keyVaultUrl: '${vault.properties.vaultUri}secrets/${secret}'
        identity: identity.id
      }]
    }
    template: {
      scale: { minReplicas: 2, maxReplicas: 4 }
      volumes: [
        { name: 'certificates', storageType: 'Secret', secrets: [ { secretRef: 'graph-pem', path: 'graph.pem' } ] }
      ]
      containers: [
        {
          name: 'server'
          image: image
          resources: { cpu: json('1.0'), memory: '2Gi' }
          volumeMounts: [ { volumeName: 'certificates', mountPath: '/certificates' } ]
          env: [
            { name: 'INVERSO_PUBLIC_URL', value: 'https://${domain}' }
            { name: 'INVERSO_TENANT_IDS', value: tenantId }
            { name: 'INVERSO_CLIENT_ID', value: clientId }
            { name: 'INVERSO_CLIENT_SECRET', secretRef: 'client-secret' }
            { name: 'INVERSO_GRAPH_CLIENT_ID', value: graphClientId }
            { name: 'INVERSO_GRAPH_CLIENT_CERTIFICATE_PATH', value: '/certificates/graph.pem' }
            { name: 'INVERSO_PROGRAM_MAILBOX', value: programMailbox }
            { name: 'INVERSO_ADMINISTRATORS', value: administrators }
            { name: 'DATABASE_URL', secretRef: 'database-url' }
          ]
          probes: [
            { type: 'Startup', httpGet: { path: '/healthz', port: 3978 }, periodSeconds: 5, failureThreshold: 24 }
            { type: 'Liveness', httpGet: { path: '/healthz', port: 3978 }, periodSeconds: 30, failureThreshold: 3 }
            { type: 'Readiness', httpGet: { path: '/readyz', port: 3978 }, periodSeconds: 10, failureThreshold: 3 }
          ]
        }
      ]
    }
  }
  dependsOn: [ readsSecrets, pullsImage, vault::databaseUrl, postgres::database ]
}

output vaultName string = vault.name
output address string = isServerDeployed ? server!.properties.configuration.ingress.fqdn : ''
