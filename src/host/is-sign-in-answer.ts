/**
 * Whether this window is a pop-up in which the sign-in page has just answered (msal writes into `state` how it asked).
 * The page must then do nothing: the window that opened it reads the answer from the address and closes it.
 */
export function isSignInAnswer(hash: string): boolean {
  const answer = new URLSearchParams(hash.replace(/^#/, ''));
  const state = answer.get('state');
  if (state === null || !(answer.has('code') || answer.has('error'))) return false;
  try {
    const library: unknown = JSON.parse(atob(state.split('|')[0] ?? ''));
    return (library as { meta?: { interactionType?: string } }).meta?.interactionType === 'popup';
  } catch {
    return false;
  }
}
