import { MessageBar, MessageBarBody } from '@fluentui/react-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { OverviewReply } from '../../../server/contract/administrator.ts';
import { nameSafeContact } from '../../api/name-safe-contact.ts';
import { useAnnounce } from '../../components/announce.ts';
import { useServices } from '../../components/services.ts';
import { AddressField } from '../home/AddressField.tsx';

type Cohort = NonNullable<OverviewReply['cohort']>;

/** That the cohort needs another safe contact, why, and a field to name one; nothing while all is well. */
export function SafeContactNotice({ cohort: { cohortId, safeContact } }: { cohort: Cohort }) {
  const { t } = useTranslation();
  const { client } = useServices();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const name = useMutation({
    mutationFn: (address: string) => nameSafeContact(client, cohortId, address),
    onSuccess({ displayName }) {
      announce(t('safeContact.named', { name: displayName }));
      return queries.invalidateQueries({ queryKey: ['overview'] });
    },
  });
  const { problem, displayName, people } = safeContact;
  if (problem === null) return null;
  return (
    <>
      <MessageBar intent="warning" layout="multiline">
        <MessageBarBody>
          {t(`safeContact.problem.${problem}`, { name: displayName ?? '', people: people.join(', ') })}
        </MessageBarBody>
      </MessageBar>
      <AddressField
        of="safeContact"
        action={t('safeContact.name')}
        hint={t('safeContact.hint')}
        isBusy={name.isPending}
        error={name.error}
        onSend={(address) => !name.isPending && name.mutate(address)}
      />
    </>
  );
}
