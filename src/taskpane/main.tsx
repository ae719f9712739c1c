import { isSignInAnswer } from '../host/is-sign-in-answer.ts';

if (!isSignInAnswer(location.hash)) {
  const [{ startPage }, { TaskPane }, { choosePaneHost }, { readConfig }] = await Promise.all([
    import('../components/start-page.tsx'),
    import('./TaskPane.tsx'),
    import('../host/choose-host.ts'),
    import('../api/read-config.ts'),
  ]);
  await startPage(
    () => choosePaneHost(readConfig),
    (host) => <TaskPane host={host} />,
  );
}
