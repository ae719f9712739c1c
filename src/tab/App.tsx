import { lazy, Suspense, type ReactNode } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { HashRouter } from '../components/router.tsx';
import { Loading } from '../components/Loading.tsx';
import { Root } from '../components/Root.tsx';
import { SignInGate } from '../components/SignInGate.tsx';
import { useMe, useServices } from '../components/services.ts';
import type { Host } from '../host/host.ts';
import { loadTexts } from '../locales/show-locale.ts';
import { HomePage } from './pages/HomePage.tsx';
import { TabBar } from './TabBar.tsx';

const MatchingPage = lazy(async () => {
  const [page] = await Promise.all([import('./pages/MatchingPage.tsx'), loadTexts('matching')]);
  return { default: page.MatchingPage };
});
const CalendarPage = lazy(async () => {
  const [page] = await Promise.all([import('./pages/CalendarPage.tsx'), loadTexts('running')]);
  return { default: page.CalendarPage };
});
const CheckPage = lazy(async () => {
  const [page] = await Promise.all([import('./pages/CheckPage.tsx'), loadTexts('check')]);
  return { default: page.CheckPage };
});
const MyDataPage = lazy(async () => {
  const [page] = await Promise.all([import('./pages/MyDataPage.tsx'), loadTexts('myData')]);
  return { default: page.MyDataPage };
});
/** Pages of learning bring texts of their own. */
const learning = async <Loaded,>(load: () => Promise<Loaded>): Promise<Loaded> =>
  (await Promise.all([load(), loadTexts('learning')]))[0];
const TrainingPage = lazy(async () => ({
  default: (await learning(() => import('./pages/TrainingPage.tsx'))).TrainingPage,
}));
const ModulePage = lazy(async () => ({ default: (await learning(() => import('./pages/ModulePage.tsx'))).ModulePage }));
const ExecutivePage = lazy(async () => ({
  default: (await learning(() => import('./pages/ExecutivePage.tsx'))).ExecutivePage,
}));
const GuidesPage = lazy(async () => ({ default: (await learning(() => import('./pages/GuidesPage.tsx'))).GuidesPage }));
const GuidePage = lazy(async () => ({ default: (await learning(() => import('./pages/GuidePage.tsx'))).GuidePage }));
const ProgramPage = lazy(async () => ({ default: (await import('./pages/ProgramPage.tsx')).ProgramPage }));
const RunningPage = lazy(async () => {
  const [page] = await Promise.all([import('./pages/RunningPage.tsx'), loadTexts('running')]);
  return { default: page.RunningPage };
});
const SessionPage = lazy(async () => ({ default: (await import('./pages/SessionPage.tsx')).SessionPage }));

/**
 * The tab. Its pages live behind the hash, so that every address is the one page the manifest names.
 */
export function App({ host }: { host: Host }) {
  return (
    <Root host={host}>
      <SignInGate>
        <HashRouter>
          <Frame>
            <Switch>
              <Route path="/" component={Start} />
              <Route path="/home" component={HomePage} />
              <Route path="/check" component={CheckPage} />
              <Route path="/my-data" component={MyDataPage} />
              <Route path="/program" component={ProgramPage} />
              <Route path="/program/matching" component={MatchingPage} />
              <Route path="/program/calendar" component={CalendarPage} />
              <Route path="/program/running" component={RunningPage} />
              <Route path="/sessions/:sessionId" component={SessionPage} />
              <Route path="/training" component={TrainingPage} />
              <Route path="/training/executive" component={ExecutivePage} />
              <Route path="/training/:moduleId" component={ModulePage} />
              <Route path="/guides" component={GuidesPage} />
              <Route path="/guides/:topic" component={GuidePage} />
              <Route>
                <Redirect to="/" replace />
              </Route>
            </Switch>
          </Frame>
        </HashRouter>
      </SignInGate>
    </Root>
  );
}

function Frame({ children }: { children: ReactNode }) {
  const { host } = useServices();
  return (
    <>
      <TabBar isBrowser={host.name === 'browser'} />
      <Suspense fallback={<Loading />}>{children}</Suspense>
    </>
  );
}

/** Where a person begins: at the page of a deep link, else an administrator without another part at the program. */
function Start() {
  const { host } = useServices();
  const { roles } = useMe();
  const target = pageOf(host.pageId);
  if (target) return <Redirect to={target} replace />;
  return <Redirect to={roles.length === 1 && roles[0] === 'administrator' ? '/program' : '/home'} replace />;
}

/** Deep links name a page as `session:<id>`, `guide:<topic>`, `training:<module>`, or by its first part. */
function pageOf(pageId: string | null): string | null {
  const session = /^session:([0-9a-f-]{36})$/.exec(pageId ?? '')?.[1];
  if (session) return `/sessions/${session}`;
  const [, kind, name] = /^(guide|training):([a-z-]{1,60})$/.exec(pageId ?? '') ?? [];
  if (kind !== undefined) return `/${kind === 'guide' ? 'guides' : kind}/${name}`;
  return ['program', 'check', 'home', 'training', 'guides'].includes(pageId ?? '') ? `/${pageId}` : null;
}
