import { lazy, Suspense, type ReactNode } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { HashRouter } from '../components/router.tsx';
import { Loading } from '../components/Loading.tsx';
import { Root } from '../components/Root.tsx';
import { SignInGate } from '../components/SignInGate.tsx';
import { useMe, useServices } from '../components/services.ts';
import type { Host } from '../host/host.ts';
import { loadTexts, type TextSet } from '../locales/show-locale.ts';
import { HomePage } from './pages/HomePage.tsx';
import { TabBar } from './TabBar.tsx';

/** A page that is loaded when it is opened, together with the texts that it brings. */
const withTexts = async <Loaded,>(load: () => Promise<Loaded>, ...sets: TextSet[]): Promise<Loaded> =>
  (await Promise.all([load(), ...sets.map(loadTexts)]))[0];
const MatchingPage = lazy(async () => ({
  default: (await withTexts(() => import('./pages/MatchingPage.tsx'), 'matching', 'program')).MatchingPage,
}));
const CalendarPage = lazy(async () => ({
  default: (await withTexts(() => import('./pages/CalendarPage.tsx'), 'running', 'program')).CalendarPage,
}));
const RunningPage = lazy(async () => ({
  default: (await withTexts(() => import('./pages/RunningPage.tsx'), 'running', 'program')).RunningPage,
}));
const ProgramPage = lazy(async () => ({
  default: (await withTexts(() => import('./pages/ProgramPage.tsx'), 'program')).ProgramPage,
}));
const CheckPage = lazy(async () => ({
  default: (await withTexts(() => import('./pages/CheckPage.tsx'), 'check')).CheckPage,
}));
const MyDataPage = lazy(async () => ({
  default: (await withTexts(() => import('./pages/MyDataPage.tsx'), 'myData')).MyDataPage,
}));
const TrainingPage = lazy(async () => ({
  default: (await withTexts(() => import('./pages/TrainingPage.tsx'), 'learning')).TrainingPage,
}));
const ModulePage = lazy(async () => ({
  default: (await withTexts(() => import('./pages/ModulePage.tsx'), 'learning')).ModulePage,
}));
const ExecutivePage = lazy(async () => ({
  default: (await withTexts(() => import('./pages/ExecutivePage.tsx'), 'learning')).ExecutivePage,
}));
const GuidesPage = lazy(async () => ({
  default: (await withTexts(() => import('./pages/GuidesPage.tsx'), 'learning')).GuidesPage,
}));
const GuidePage = lazy(async () => ({
  default: (await withTexts(() => import('./pages/GuidePage.tsx'), 'learning')).GuidePage,
}));
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
