import { Button } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { browserTheme, onBrowserTheme } from '../host/browser-theme.ts';
import { errorText } from './error-text.ts';
import { Page } from './Page.tsx';
import { Themed } from './Themed.tsx';

/** The page before there is a host: what went wrong, and to begin again. */
export function StartFailed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation();
  return (
    <Themed host={{ name: 'browser', theme: browserTheme(), onTheme: onBrowserTheme }}>
      <Page title={t('errors.title')} lead={errorText(t, error)}>
        <div>
          <Button appearance="primary" onClick={onRetry}>
            {t('app.retry')}
          </Button>
        </div>
      </Page>
    </Themed>
  );
}
