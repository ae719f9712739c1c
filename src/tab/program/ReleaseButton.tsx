import { Button } from '@fluentui/react-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { releasePair } from '../../api/release-pair.ts';
import { useAnnounce } from '../../components/announce.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { useServices } from '../../components/services.ts';

/** Looks for another match for both people of a pair that waits for the administrator. */
export function ReleaseButton({ pairId, name }: { pairId: string; name: string }) {
  const { t } = useTranslation(['app', 'program']);
  const { client } = useServices();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const release = useMutation({
    mutationFn: () => releasePair(client, pairId),
    onSuccess: () => announce(t('program:released')),
    onSettled: () => queries.invalidateQueries({ queryKey: ['overview'] }),
  });
  return (
    <div>
      <Button
        size="small"
        aria-label={t('program:releaseFor', { name })}
        disabledFocusable={release.isPending}
        onClick={() => !release.isPending && release.mutate()}
      >
        {t('program:release')}
      </Button>
      {release.error && <ErrorNotice error={release.error} />}
    </div>
  );
}
