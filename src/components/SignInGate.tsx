import { Button } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/api-error.ts';
import { readMe } from '../api/read-me.ts';
import { SignInNeeded, type Host } from '../host/host.ts';
import { matchLocale } from '../locales/match-locale.ts';
import { showLocale } from '../locales/show-locale.ts';
import { BusyMark } from './BusyMark.tsx';
import { ErrorNotice } from './ErrorNotice.tsx';
import { Loading } from './Loading.tsx';
import { Page, type PageProps } from './Page.tsx';
import { MeContext, useServices } from './services.ts';
import { Problem } from './Problem.tsx';

/** Marks that this window has already been sent to the sign-in page by itself, so that a failure cannot loop. */
const SENT = 'inverso.sent-to-sign-in';

function wasSent(): boolean {
  try {
    return sessionStorage.getItem(SENT) !== null;
  } catch {
    return true;
  }
}

const reasonOf = (error: unknown): 'signedOut' | 'consent' | null => {
  if (error instanceof SignInNeeded) return error.reason;
  return error instanceof ApiError && error.code === 'signedOut' ? 'signedOut' : null;
};

/** Shows its children to whoever is signed in, in that person's language; to others the way to sign in. */
export function SignInGate({ size, children }: { size?: PageProps['size']; children: ReactNode }) {
  const { host, client } = useServices();
  const { t } = useTranslation();
  const me = useQuery({
    queryKey: ['me'],
    async queryFn({ signal }) {
      const reply = await readMe(client, signal);
      await showLocale(matchLocale(reply.locale, host.locale, navigator.language));
      return reply;
    },
    staleTime: Infinity,
  });
  const { refetch } = me;
  const reason = me.data ? null : reasonOf(me.error);
  const goesByItself = reason === 'signedOut' && host.signsInByRedirect && !wasSent();
  useEffect(() => {
    if (goesByItself) {
      sessionStorage.setItem(SENT, '1');
      // What is left when that fails is the page with the button.
      host.signIn().catch(() => refetch());
    }
  }, [goesByItself, host, refetch]);
  useEffect(() => {
    if (me.data) forgetSent();
    if (me.data || me.error) host.ready();
  }, [me.data, me.error, host]);
  if (me.data) return <MeContext.Provider value={me.data}>{children}</MeContext.Provider>;
  if (me.isPending || goesByItself) return <Loading size={size} />;
  if (reason) return <SignInPage reason={reason} size={size} host={host} onDone={() => void me.refetch()} />;
  return (
    <Page title={t('errors.title')} size={size}>
      <ErrorNotice error={me.error} onRetry={() => void me.refetch()} />
    </Page>
  );
}

function forgetSent(): void {
  try {
    sessionStorage.removeItem(SENT);
  } catch {
    // Denied storage keeps nothing anyway.
  }
}

interface SignInPageProps {
  reason: 'signedOut' | 'consent';
  size: PageProps['size'];
  host: Host;
  onDone: () => void;
}

function SignInPage({ reason, size, host, onDone }: SignInPageProps) {
  const { t } = useTranslation();
  const [isBusy, setBusy] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  const signIn = async (): Promise<void> => {
    setBusy(true);
    setFailed(false);
    try {
      await host.signIn();
      onDone();
    } catch {
      setFailed(true);
    } finally {
      setBusy(false);
    }
  };
  const needsConsent = reason === 'consent';
  const button = needsConsent ? 'signIn.consentButton' : host.isFallback ? 'signIn.here' : 'signIn.button';
  return (
    <Page
      size={size}
      title={t(needsConsent ? 'signIn.consentTitle' : 'signIn.title')}
      lead={t(needsConsent ? 'signIn.consentLead' : host.isFallback ? 'signIn.noHost' : 'signIn.lead')}
    >
      {hasFailed && <Problem text={t('signIn.failed')} />}
      <div>
        <Button
          appearance="primary"
          size="large"
          disabledFocusable={isBusy}
          icon={isBusy ? <BusyMark /> : undefined}
          onClick={() => void signIn()}
        >
          {t(button)}
        </Button>
      </div>
    </Page>
  );
}
