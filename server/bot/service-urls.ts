/** Hosts of Microsoft's Bot Connector in the commercial cloud; each also with anything in front of it (platform.md 6.2). */
const MICROSOFT_HOSTS = ['botframework.com', 'smba.trafficmanager.net', 'teams.microsoft.com'];

/**
 * Tells whether a service URL may be trusted with our token: https on Microsoft's hosts, or exactly the origin of the
 * connector that the configuration names. Anything else, also an address with user name or port, is refused.
 */
export function createServiceUrlCheck(connectorUrl: string | null): (url: string) => boolean {
  const configured = connectorUrl === null ? null : new URL(connectorUrl).origin;
  return (url) => {
    if (url.length > 2048 || !URL.canParse(url)) return false;
    const { origin, protocol, hostname, port, username, password } = new URL(url);
    if (username !== '' || password !== '') return false;
    if (configured !== null && origin === configured) return true;
    return (
      protocol === 'https:' &&
      port === '' &&
      MICROSOFT_HOSTS.some((host) => hostname === host || hostname.endsWith(`.${host}`))
    );
  };
}
