import { Button, MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/api-error.ts';

/** Why the sandbox refused, in its own words where it gave some. */
export function Fault({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation('sandbox');
  const own = error instanceof ApiError ? error.message : '';
  const isNetwork = error instanceof ApiError && (error.code === 'network' || error.code === 'timeout');
  return (
    <MessageBar intent="error" layout="multiline" role="alert">
      <MessageBarBody>{own || t(isNetwork ? 'errors.network' : 'errors.other')}</MessageBarBody>
      {onRetry && (
        <MessageBarActions>
          <Button onClick={onRetry}>{t('retry')}</Button>
        </MessageBarActions>
      )}
    </MessageBar>
  );
}
