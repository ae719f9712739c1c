import { createContext, useContext } from 'react';
import type { MeReply } from '../../server/contract/http.ts';
import type { ApiClient } from '../api/client.ts';
import type { Host } from '../host/host.ts';

/** What every page below the root reaches. */
export interface Services {
  host: Host;
  client: ApiClient;
}

export const ServicesContext = createContext<Services | null>(null);
export const MeContext = createContext<MeReply | null>(null);

/** The host and the API. */
export function useServices(): Services {
  const services = useContext(ServicesContext);
  if (!services) throw new Error('useServices outside of Root');
  return services;
}

/** Who is signed in; only below SignInGate. */
export function useMe(): MeReply {
  const me = useContext(MeContext);
  if (!me) throw new Error('useMe outside of SignInGate');
  return me;
}
