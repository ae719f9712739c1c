using 'main.bicep'

// Fill in; the password comes from the shell, so that no file holds it.
param image = 'contoso.azurecr.io/inverso:1.0.0'
param registryName = 'contoso'
param domain = 'inverso.example.com'
param clientId = '00000000-0000-0000-0000-000000000000'
param graphClientId = '00000000-0000-0000-0000-000000000000'
param programMailbox = 'inverso@example.com'
param administrators = '00000000-0000-0000-0000-000000000000'
param secretOfficerId = '00000000-0000-0000-0000-000000000000'
param isServerDeployed = bool(readEnvironmentVariable('INVERSO_SERVER_DEPLOYED', 'true'))
param databasePassword = readEnvironmentVariable('INVERSO_DATABASE_PASSWORD')
