import { createCertificate, type ClientCertificate } from '../../../server/sandbox/entra/certificate.ts';
import { createEntra, type Entra } from '../../../server/sandbox/entra/entra.ts';
import { registerAddresses, registerApps, type RegisteredApps } from '../../../server/sandbox/entra/register-apps.ts';
import { guid } from '../../../server/sandbox/hash.ts';
import type { SandboxHandler } from '../../../server/sandbox/http.ts';
import { createFaults } from '../../../server/sandbox/kernel/create-faults.ts';
import type { Faults } from '../../../server/sandbox/kernel/faults.ts';
import { listen, type Listening } from '../../../server/sandbox/kernel/listen.ts';
import type { SandboxPerson, World } from '../../../server/sandbox/world.ts';
import { makeWorld } from './people/make-world.ts';

export const PUBLIC_HOST = 'inverso.contoso.example';
export const PRODUCT_ORIGIN = 'http://127.0.0.1:3978';

/** A person who is only an account. */
export function addPerson(world: World, name: string, extra: Partial<SandboxPerson> = {}): SandboxPerson {
  const [givenName = '', surname = ''] = name.split(' ');
  const mail = `${givenName}.${surname}@${world.domain}`.toLowerCase();
  const person: SandboxPerson = {
    id: guid(world.seed, 'person', name),
    displayName: name,
    givenName,
    surname,
    mail,
    userPrincipalName: mail,
    jobTitle: 'Analyst',
    department: 'Finance',
    officeLocation: null,
    country: 'Italy',
    usageLocation: 'IT',
    preferredLanguage: 'it-IT',
    employeeHireDate: null,
    accountEnabled: true,
    userType: 'Member',
    managerId: null,
    skills: [],
    interests: [],
    depth: 2,
    isExecutive: false,
    mailbox: {
      enabled: true,
      zone: 'Europe/Rome',
      zoneName: 'W. Europe Standard Time',
      locale: 'it-IT',
      workingHours: null,
      readable: true,
      teamsLicensed: true,
    },
    deletedAt: null,
    photo: null,
    ...extra,
  };
  world.people.set(person.id, person);
  return person;
}

/** A tenant with two people, both registrations, and its sign-in on a port. */
export interface SmallTenant {
  world: World;
  apps: RegisteredApps;
  certificate: ClientCertificate;
  entra: Entra;
  faults: Faults;
  ada: SandboxPerson;
  bruno: SandboxPerson;
  origin: string;
  server: Listening;
}

/** Starts it; `handlers` come after the sign-in. Close `server` when done. */
export async function startSmallTenant(
  makeHandlers: (tenant: Omit<SmallTenant, 'server' | 'origin'>) => Promise<SandboxHandler[]> = async () => [],
): Promise<SmallTenant> {
  const world = makeWorld(7);
  const ada = addPerson(world, 'Ada Moretti');
  const bruno = addPerson(world, 'Bruno <b>Rossi');
  const year = 365 * 86_400_000;
  const certificate = createCertificate('test', Math.min(Date.now(), world.clock.now()) - year, Date.now() + 2 * year);
  const apps = registerApps(world, certificate.certificatePem, {});
  registerAddresses(apps.main, PUBLIC_HOST, PRODUCT_ORIGIN);
  const entra = await createEntra(world);
  const faults = createFaults(world.seed);
  const tenant = { world, apps, certificate, entra, faults, ada, bruno };
  const handlers = [entra.handle, ...(await makeHandlers(tenant))];
  const server = await listen({ port: 0, clock: world.clock, faults, handlers });
  world.origin = server.origin;
  return { ...tenant, server, origin: server.origin };
}
