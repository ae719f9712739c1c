import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AssistantView } from '../../../server/contract/assistants.ts';
import { nameAssistant } from '../../api/name-assistant.ts';
import { removeAssistant } from '../../api/remove-assistant.ts';
import { useAnnounce } from '../../components/announce.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { Panel } from '../../components/Panel.tsx';
import { useServices } from '../../components/services.ts';
import { AddressField } from './AddressField.tsx';

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: 'none', outlineStyle: 'none' },
  item: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
    paddingBlock: tokens.spacingVerticalS,
    borderBottom: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke3}`,
    ':last-child': { borderBottom: 'none' },
  },
  who: { flexGrow: 1, overflowWrap: 'anywhere' },
  mail: { display: 'block', color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

/** As many as the server takes. */
const MOST_ASSISTANTS = 5;

/** Whom an executive has named to answer for them; named and removed here. */
export function AssistantsPanel({ assistants }: { assistants: readonly AssistantView[] }) {
  const styles = useStyles();
  const { t } = useTranslation();
  const { client } = useServices();
  const queries = useQueryClient();
  const announce = useAnnounce();
  // A new field, empty again, for each person that was added.
  const [added, setAdded] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const refresh = (): Promise<void> => queries.invalidateQueries({ queryKey: ['home'] });
  const name = useMutation({
    mutationFn: (address: string) => nameAssistant(client, address),
    onSuccess({ displayName }) {
      announce(t('assistants.added', { name: displayName }));
      setAdded((count) => count + 1);
      list.current?.focus();
      return refresh();
    },
  });
  const remove = useMutation({
    mutationFn: ({ personId }: AssistantView) => removeAssistant(client, personId),
    onSuccess(_result, { displayName }) {
      announce(t('assistants.removed', { name: displayName }));
      // The button that had the focus goes with the person.
      list.current?.focus();
      return refresh();
    },
  });
  return (
    <Panel level={3} title={t('assistants.title')} lead={t('assistants.lead')}>
      <div ref={list} tabIndex={-1} role="group" aria-label={t('assistants.list')} className={styles.list}>
        {assistants.length === 0 ? (
          t('assistants.none')
        ) : (
          <ul className={styles.list}>
            {assistants.map((assistant) => (
              <li key={assistant.personId} className={styles.item}>
                <span className={styles.who}>
                  {assistant.displayName}
                  {assistant.mail && <span className={styles.mail}>{assistant.mail}</span>}
                </span>
                <Button
                  size="small"
                  aria-label={t('assistants.removeOf', { name: assistant.displayName })}
                  disabledFocusable={remove.isPending}
                  onClick={() => !remove.isPending && remove.mutate(assistant)}
                >
                  {t('assistants.remove')}
                </Button>
              </li>
            ))}
          </ul>
        )}
      </div>
      {remove.error && <ErrorNotice error={remove.error} />}
      {assistants.length >= MOST_ASSISTANTS ? (
        <div>{t('assistants.full')}</div>
      ) : (
        <AddressField
          key={added}
          action={t('assistants.add')}
          isBusy={name.isPending}
          error={name.error}
          onSend={(address) => !name.isPending && name.mutate(address)}
        />
      )}
    </Panel>
  );
}
