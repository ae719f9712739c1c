import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState, type ReactNode } from 'react';
import { describe, expect, it } from 'vitest';
import { Redirect, Route, Switch, useLocation, useParams } from 'wouter';
import { HashRouter, NavLink } from '../../../src/components/router.tsx';

function Frame({ children }: { children: ReactNode }) {
  // Its state tells whether the frame stays while pages change.
  const [count, setCount] = useState(0);
  return (
    <>
      <button onClick={() => setCount(count + 1)}>{`count ${count}`}</button>
      <NavLink to="/home" className={({ isActive }) => (isActive ? 'here' : 'there')}>
        Home
      </NavLink>
      {children}
    </>
  );
}

function Thing() {
  const { id } = useParams<{ id: string }>();
  const [, goTo] = useLocation();
  return (
    <>
      <p>{`thing ${id}`}</p>
      <button onClick={() => goTo('/home')}>back</button>
    </>
  );
}

const open = (hash: string) => {
  location.hash = hash;
  return render(
    <HashRouter>
      <Frame>
        <Switch>
          <Route path="/">start</Route>
          <Route path="/home">home page</Route>
          <Route path="/things/new">new thing</Route>
          <Route path="/things/:id" component={Thing} />
          <Route path="/old">
            <Redirect to="/home" replace />
          </Route>
          <Route>
            <Redirect to="/" replace />
          </Route>
        </Switch>
      </Frame>
    </HashRouter>,
  );
};
const goTo = (hash: string) =>
  act(async () => {
    location.hash = hash;
    await new Promise((resolve) => setTimeout(resolve, 10));
  });

describe('pages behind the hash', () => {
  it('shows the page at the address, inside its frame, and follows the address', async () => {
    open('#/home');
    expect(screen.getByText('home page')).toBeTruthy();
    await userEvent.click(screen.getByText('count 0'));
    await goTo('#/things/7?from=card');
    expect(screen.getByText('thing 7')).toBeTruthy();
    expect(screen.getByText('count 1')).toBeTruthy();
    await goTo('');
    expect(screen.getByText('start')).toBeTruthy();
  });

  it.each([
    ['#/things/new', 'new thing'],
    ['#/things/a%20b', 'thing a b'],
    ['#/things/%E0%A4%A', 'thing %E0%A4%A'],
    ['#/things/', 'start'],
    ['#/no/such/page', 'start'],
    ['#/old', 'home page'],
  ])('%s shows "%s"', async (hash, text) => {
    open(hash);
    expect(await screen.findByText(text)).toBeTruthy();
  });

  it('links to pages and says which one is here', async () => {
    open('#/things/7');
    const link = screen.getByRole('link', { name: 'Home' });
    expect(link.getAttribute('href')).toBe('#/home');
    expect([link.className, link.getAttribute('aria-current')]).toEqual(['there', null]);
    await userEvent.click(screen.getByText('back'));
    expect(await screen.findByText('home page')).toBeTruthy();
    expect([link.className, link.getAttribute('aria-current')]).toEqual(['here', 'page']);
  });

  it('leaves no step behind where one page replaces another', async () => {
    open('#/home');
    const before = history.length;
    await goTo('#/old');
    expect(location.hash).toBe('#/home');
    expect(history.length).toBe(before + 1);
  });
});
