import {
  Children,
  createContext,
  isValidElement,
  startTransition,
  useContext,
  useEffect,
  useMemo,
  useState,
  type ReactElement,
  type ReactNode,
} from 'react';

/*
 * The way between the pages of the tab: an address behind the hash, and what stands there. The pages need no more of a router
 * than this, and people wait for every kilobyte of the first load. Links are plain links: `<a href="#/home">`.
 */

/** Parameters in the address of the page that is shown. */
type Params = Readonly<Record<string, string | undefined>>;
/** What stands inside the frame around a page, and the parameters of its address. */
const PageContext = createContext<{ page: ReactNode; params: Params }>({ page: null, params: {} });
const PathContext = createContext('/');

/** '#/sessions/1?from=card' // => '/sessions/1' */
const pathOf = (hash: string): string => hash.replace(/^#/, '').split('?')[0] || '/';

/** Shows what the address behind the hash names, now and whenever it changes; a page that is still loading follows when it is here. */
export function HashRouter({ children }: { children: ReactNode }) {
  const [path, setPath] = useState(() => pathOf(location.hash));
  useEffect(() => {
    const follow = (): void => startTransition(() => setPath(pathOf(location.hash)));
    // What changed while the page was being drawn for the first time.
    follow();
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return <PathContext.Provider value={path}>{children}</PathContext.Provider>;
}

export interface RouteProps {
  /** Parts after slashes: words, `:name` for a parameter, or `*` alone for everything else. */
  path?: string;
  /** The page at the address of the frame itself. */
  index?: boolean;
  element: ReactNode;
  /** Pages that stand inside `element`, where it shows its {@link Outlet}. */
  children?: ReactNode;
}

/** Says which page stands at an address; only inside {@link Routes}. */
export function Route(_props: RouteProps): null {
  return null;
}

interface Place {
  pattern: string[];
  element: ReactNode;
  /** What stands around it, the outermost first. */
  frames: ReactNode[];
}

function placesOf(children: ReactNode, frames: ReactNode[] = []): Place[] {
  return Children.toArray(children).flatMap((child) => {
    if (!isValidElement(child) || child.type !== Route) return [];
    const { path, index, element, children: inner } = (child as ReactElement<RouteProps>).props;
    if (inner !== undefined) return placesOf(inner, [...frames, element]);
    return [{ pattern: index || path === undefined ? [] : partsOf(path), element, frames }];
  });
}

const partsOf = (path: string): string[] => path.split('/').filter((part) => part !== '');

/** The parameters of an address that is of this pattern; null for another. match(['a', ':id'], ['a', '1']) // => { id: '1' } */
function match(pattern: readonly string[], parts: readonly string[]): Params | null {
  if (pattern[0] === '*') return {};
  if (pattern.length !== parts.length) return null;
  const params: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const part = parts[index]!;
    if (expected.startsWith(':')) params[expected.slice(1)] = decode(part);
    else if (expected !== part) return null;
  }
  return params;
}

/** What people paste may be no encoding at all. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The page at the present address: the one that names most of it in words. Nothing where none does. */
export function Routes({ children }: { children: ReactNode }) {
  const path = useContext(PathContext);
  const parts = partsOf(path);
  const words = ({ pattern }: Place): number => pattern.filter((part) => !/^[:*]/.test(part)).length;
  const found = placesOf(children)
    .flatMap((place) => {
      const params = match(place.pattern, parts);
      return params ? [{ place, params }] : [];
    })
    .sort(
      (a, b) =>
        Number(a.place.pattern[0] === '*') - Number(b.place.pattern[0] === '*') || words(b.place) - words(a.place),
    );
  const [first] = found;
  if (!first) return null;
  const { place, params } = first;
  return [...place.frames]
    .reverse()
    .reduce<ReactNode>(
      (page, frame) => <PageContext.Provider value={{ page, params }}>{frame}</PageContext.Provider>,
      <PageContext.Provider value={{ page: null, params }}>{place.element}</PageContext.Provider>,
    );
}

/** Where a frame shows the page inside it. */
export function Outlet() {
  return useContext(PageContext).page;
}

/** The parameters in the address of the page. */
export const useParams = (): Params => useContext(PageContext).params;

/** The address of a page of the tab, as a link takes it. useHref('/home') // => '#/home' */
export const useHref = (to: string): string => `#${to}`;

/** Goes to another page; with `replace` the present one is not come back to. */
export type GoTo = (to: string, options?: { replace?: boolean }) => void;

/** How a page goes to another one by itself. */
export function useNavigate(): GoTo {
  return useMemo(
    () =>
      (to, { replace = false } = {}) => {
        if (replace) location.replace(`#${to}`);
        else location.hash = to;
      },
    [],
  );
}

/** Goes on to another page at once. */
export function Navigate({ to, replace = false }: { to: string; replace?: boolean }) {
  const goTo = useNavigate();
  useEffect(() => goTo(to, { replace }), [goTo, to, replace]);
  return null;
}

/** A link to a page that says whether one is there, or at something that belongs to it. */
export function NavLink({
  to,
  className,
  children,
}: {
  to: string;
  className: (state: { isActive: boolean }) => string;
  children: ReactNode;
}) {
  const path = useContext(PathContext);
  const isActive = path === to || path.startsWith(`${to}/`);
  return (
    <a href={useHref(to)} className={className({ isActive })} {...(isActive && { 'aria-current': 'page' as const })}>
      {children}
    </a>
  );
}
