import { isSignInAnswer } from '../host/is-sign-in-answer.ts';

/** Teams opens this page in a window of its own to sign in (host/teams.ts). */
const isSignInWindow = new URLSearchParams(location.search).get('window') === 'sign-in';

// Links may name a page by its path; the pages themselves live behind the hash.
const path = location.pathname.replace(/^\/tab\/?/, '').replace(/^\//, '');
if (path !== '' && location.hash === '') history.replaceState(null, '', `/tab${location.search}#/${path}`);

if (isSignInWindow) {
  const { runSignInWindow } = await import('../host/run-sign-in-window.ts');
  await runSignInWindow();
} else if (!isSignInAnswer(location.hash)) {
  const [{ startPage }, { App }, { chooseTabHost }, { readConfig }] = await Promise.all([
    import('../components/start-page.tsx'),
    import('./App.tsx'),
    import('../host/choose-host.ts'),
    import('../api/read-config.ts'),
  ]);
  await startPage(
    () => chooseTabHost(readConfig),
    (host) => <App host={host} />,
  );
}
