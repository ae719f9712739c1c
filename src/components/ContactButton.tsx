import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SafeContactView } from '../../server/contract/http.ts';
import { askContact } from '../api/ask-contact.ts';
import { Done } from './Done.tsx';
import { ErrorNotice } from './ErrorNotice.tsx';
import { useServices } from './services.ts';
import { SubmitButton } from './SubmitButton.tsx';
import { useAnswer } from './use-answer.ts';

/** Asks the safe contact to get in touch: sends the caller's name, and says so once it was sent. */
export function ContactButton({ contact, text }: { contact: SafeContactView; text: string }) {
  const { t } = useTranslation();
  const { client } = useServices();
  const [isAsked, setAsked] = useState(false);
  const ask = useAnswer(
    () => askContact(client, contact.cohortId, contact.personId),
    () => setAsked(true),
  );
  if (isAsked) return <Done text={t('contact.asked', { name: contact.displayName })} />;
  return (
    <>
      <SubmitButton appearance="secondary" isBusy={ask.isBusy} onClick={() => ask.send(undefined)}>
        {text}
      </SubmitButton>
      {ask.error !== null && <ErrorNotice error={ask.error} />}
    </>
  );
}
