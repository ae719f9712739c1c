import type { SandboxGroup } from '../../world.ts';
import type { EntityKind } from './entity.ts';

type Getter = (group: SandboxGroup) => unknown;

const GETTERS: Record<string, Getter> = {
  id: (g) => g.id,
  deletedDateTime: () => null,
  classification: () => null,
  createdDateTime: () => '2024-01-15T09:00:00Z',
  description: () => null,
  displayName: (g) => g.displayName,
  expirationDateTime: () => null,
  groupTypes: () => [],
  isAssignableToRole: () => null,
  mail: (g) => g.mail,
  mailEnabled: (g) => g.mailEnabled,
  mailNickname: (g) => g.mail?.split('@')[0] ?? g.id.slice(0, 8),
  membershipRule: () => null,
  onPremisesSyncEnabled: () => null,
  preferredLanguage: () => null,
  proxyAddresses: (g) => (g.mail === null ? [] : [`SMTP:${g.mail}`]),
  securityEnabled: (g) => g.securityEnabled,
  theme: () => null,
  uniqueName: () => null,
  visibility: () => null,
};

/** A group of the directory. */
export const GROUP: EntityKind<SandboxGroup> = {
  type: 'microsoft.graph.group',
  has: (name) => name in GETTERS || name === 'members' || name === 'owners',
  read: (group, name) => GETTERS[name]?.(group),
  standard: Object.keys(GETTERS),
  unfilterable: new Set(['members', 'owners', 'description', 'theme']),
};
