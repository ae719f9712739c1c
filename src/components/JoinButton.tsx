import { Button } from '@fluentui/react-components';
import { Video20Regular } from '@fluentui/react-icons/svg/video';
import { useTranslation } from 'react-i18next';
import { useServices } from './services.ts';

/** Opens the session's Teams meeting the way the host wants it. */
export function JoinButton({ joinUrl }: { joinUrl: string }) {
  const { t } = useTranslation();
  const { host } = useServices();
  return (
    <Button appearance="primary" icon={<Video20Regular />} onClick={() => host.openLink(joinUrl)}>
      {t('pair.join')}
    </Button>
  );
}
