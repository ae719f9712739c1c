import { Button } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/api-error.ts';
import { SignInNeeded } from '../host/host.ts';
import { errorText } from './error-text.ts';
import { Notice } from './Notice.tsx';
import { useServices } from './services.ts';

const isSignedOut = (error: unknown): boolean =>
  error instanceof SignInNeeded || (error instanceof ApiError && error.code === 'signedOut');

/** Says what went wrong and what to do about it. */
export function ErrorNotice({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation();
  const { host } = useServices();
  const reference = error instanceof ApiError ? error.requestId : null;
  const signInAgain = (): void => void host.signIn().then(onRetry, () => undefined);
  const again = isSignedOut(error)
    ? { text: t('signIn.button'), onClick: signInAgain }
    : onRetry && { text: t('app.retry'), onClick: onRetry };
  return (
    <Notice action={again && <Button onClick={again.onClick}>{again.text}</Button>}>
      <strong>{t('errors.title')}</strong> {errorText(t, error)}
      {reference && <> {t('errors.reference', { id: reference })}</>}
    </Notice>
  );
}
