import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/api-error.ts';
import { SignInNeeded } from '../host/host.ts';
import { errorText } from './error-text.ts';
import { useServices } from './services.ts';

const isSignedOut = (error: unknown): boolean =>
  error instanceof SignInNeeded || (error instanceof ApiError && error.code === 'signedOut');

/** Says what went wrong and what to do about it. */
export function ErrorNotice({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation();
  const { host } = useServices();
  const reference = error instanceof ApiError ? error.requestId : null;
  const signInAgain = (): void => void host.signIn().then(onRetry, () => undefined);
  return (
    <MessageBar intent="error" layout="multiline" role="alert">
      <MessageBarBody>
        <MessageBarTitle>{t('errors.title')}</MessageBarTitle> {errorText(t, error)}
        {reference && <> {t('errors.reference', { id: reference })}</>}
      </MessageBarBody>
      {isSignedOut(error) ? (
        <MessageBarActions>
          <Button onClick={signInAgain}>{t('signIn.button')}</Button>
        </MessageBarActions>
      ) : (
        onRetry && (
          <MessageBarActions>
            <Button onClick={onRetry}>{t('app.retry')}</Button>
          </MessageBarActions>
        )
      )}
    </MessageBar>
  );
}
