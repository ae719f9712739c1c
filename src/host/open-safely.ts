/** Whether an address may be opened from our pages: https, or http on this machine. */
export function isSafeLink(url: string): boolean {
  try {
    const { protocol, hostname } = new URL(url, location.href);
    return protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1'].includes(hostname));
  } catch {
    return false;
  }
}

/** Opens a link in a new window that cannot reach this one; addresses that are not web pages are ignored. */
export function openSafely(url: string): void {
  if (isSafeLink(url)) window.open(url, '_blank', 'noopener,noreferrer');
}
