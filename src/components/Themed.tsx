import { FluentProvider, makeStyles, tokens } from '@fluentui/react-components';
import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Host } from '../host/host.ts';
import { LookContext, readLook, storeLook, type Look } from './look.ts';
import { themeOf } from './theme-of.ts';

const useStyles = makeStyles({
  root: { backgroundColor: tokens.colorNeutralBackground2, minHeight: '100vh' },
});

/** Everything in the look of the host, live; in a plain browser in the look that the person chose. */
export function Themed({ host, children }: { host: Pick<Host, 'name' | 'theme' | 'onTheme'>; children: ReactNode }) {
  const styles = useStyles();
  const { i18n } = useTranslation();
  const [hostTheme, setHostTheme] = useState(host.theme);
  const [look, setLook] = useState<Look>(readLook);
  useEffect(() => host.onTheme(setHostTheme), [host]);
  const mayChoose = host.name === 'browser';
  const theme = mayChoose && look !== 'system' ? look : hostTheme;
  useEffect(() => {
    // What lies around and inside the page but is not Fluent's: the window's background, native controls, scroll bars.
    document.documentElement.style.colorScheme = theme === 'default' ? 'light' : 'dark';
    document.body.style.backgroundColor = themeOf(theme).colorNeutralBackground2;
  }, [theme]);
  const value = useMemo(() => {
    const choose = (next: Look): void => {
      storeLook(next);
      setLook(next);
    };
    return { theme, choice: mayChoose ? { look, choose } : null };
  }, [theme, look, mayChoose]);
  return (
    <LookContext.Provider value={value}>
      <FluentProvider theme={themeOf(theme)} dir={i18n.dir()} className={styles.root} lang={i18n.language}>
        {children}
      </FluentProvider>
    </LookContext.Provider>
  );
}
