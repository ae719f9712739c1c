import { MessageBar, MessageBarBody } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../components/use-formats.ts';

/** Says since when calendars do not answer, and that nothing has to be done about it. */
export function CalendarsDown({ since }: { since: string }) {
  const { t } = useTranslation(['app', 'program']);
  const formats = useFormats();
  return (
    <MessageBar intent="warning" layout="multiline" role="status">
      <MessageBarBody>{t('program:calendarsDown', { since: formats.moment(since) })}</MessageBarBody>
    </MessageBar>
  );
}
