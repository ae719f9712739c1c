import { useDeferredValue, type ReactNode } from 'react';
import { Router, useLocation, useRouter, type BaseLocationHook } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';

/**
 * The address behind the hash, without a query. A page that is still loading follows when it is here; until then the present
 * one stays.
 */
const useAddress: BaseLocationHook & { hrefs?: (href: string) => string } = () => {
  const [address, goTo] = useHashLocation();
  return [useDeferredValue(address.split('?')[0] || '/'), goTo];
};
useAddress.hrefs = (href) => `#${href}`;

/** What is inside shows the page that the address behind the hash names, now and whenever it changes. */
export function HashRouter({ children }: { children: ReactNode }) {
  return <Router hook={useAddress}>{children}</Router>;
}

/** The address of a page of the tab, as a link takes it. useHref('/home') // => '#/home' */
export function useHref(to: string): string {
  const router = useRouter();
  return router.hrefs(to, router);
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
  const [path] = useLocation();
  const isActive = path === to || path.startsWith(`${to}/`);
  return (
    <a href={useHref(to)} className={className({ isActive })} {...(isActive && { 'aria-current': 'page' as const })}>
      {children}
    </a>
  );
}
