import { MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { readProgramExport } from '../../api/read-program-export.ts';
import { useAnnounce } from '../../components/announce.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { saveFile } from '../../components/save-file.ts';
import { useServices } from '../../components/services.ts';
import { SubmitButton } from '../../components/SubmitButton.tsx';
import { useFormats } from '../../components/use-formats.ts';

/** Says until when everything is kept after the app was removed from the tenant, and hands it over. */
export function AppRemoved({ erasedAt }: { erasedAt: string }) {
  const { t } = useTranslation(['app', 'program']);
  const { client } = useServices();
  const formats = useFormats();
  const announce = useAnnounce();
  const download = useMutation({
    mutationFn: () => readProgramExport(client),
    onSuccess(data) {
      saveFile(
        `inverso-program-${data.exportedAt.slice(0, 10)}.json`,
        `${JSON.stringify(data, null, 2)}\n`,
        'application/json',
      );
      announce(t('app.downloaded'));
    },
  });
  return (
    <>
      <MessageBar intent="warning" layout="multiline" role="status">
        <MessageBarBody>{t('program:appRemoved', { date: formats.date(erasedAt) })}</MessageBarBody>
        <MessageBarActions>
          <SubmitButton
            appearance="secondary"
            isBusy={download.isPending}
            onClick={() => !download.isPending && download.mutate()}
          >
            {t('program:export')}
          </SubmitButton>
        </MessageBarActions>
      </MessageBar>
      {download.error && <ErrorNotice error={download.error} />}
    </>
  );
}
