import { Field, Input, makeStyles, tokens } from '@fluentui/react-components';
import type { TFunction } from 'i18next';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ASSISTANT_REFUSALS, SAFE_CONTACT_REFUSALS } from '../../../server/contract/vocabulary.ts';
import { ApiError } from '../../api/api-error.ts';
import { Actions } from '../../components/Actions.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { SubmitButton } from '../../components/SubmitButton.tsx';

const useStyles = makeStyles({ form: { display: 'grid', rowGap: tokens.spacingVerticalM, maxWidth: '28rem' } });

/** No address is longer. */
const LONGEST_ADDRESS = 254;

export interface AddressFieldProps {
  /** Whose address it is: which texts and refusals are its. */
  of?: 'assistants' | 'safeContact';
  /** What the button says. */
  action: string;
  hint?: string;
  isBusy: boolean;
  /** Why the last address was not taken. */
  error: unknown;
  /** Takes the focus when it appears. */
  isAwaited?: boolean;
  onSend: (address: string) => void;
  /** Further buttons. */
  children?: ReactNode;
}

/** The work address of an assistant or a safe contact, with what is wrong with it below the field. */
export function AddressField({
  of = 'assistants',
  action,
  hint,
  isBusy,
  error,
  isAwaited = false,
  onSend,
  children,
}: AddressFieldProps) {
  const styles = useStyles();
  const { t } = useTranslation();
  const [address, setAddress] = useState('');
  const [isMissing, setMissing] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isAwaited) input.current?.focus();
  }, [isAwaited]);
  const refused = refusalOf(t, of, error);
  const problem = isMissing ? t(`${of}.missing`) : refused;
  const send = (): void => {
    const text = address.trim();
    const isAddress = /^[^\s@]+@[^\s@]+$/.test(text);
    setMissing(!isAddress);
    if (isAddress) onSend(text);
    else input.current?.focus();
  };
  return (
    <form
      noValidate
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Field label={t(`${of}.address`)} {...(hint && { hint })} {...(problem && { validationMessage: problem })}>
        <Input
          ref={input}
          type="email"
          autoComplete="off"
          maxLength={LONGEST_ADDRESS}
          value={address}
          onChange={(_event, { value }) => {
            setMissing(false);
            setAddress(value);
          }}
        />
      </Field>
      {error !== null && !refused && <ErrorNotice error={error} />}
      <Actions>
        <SubmitButton type="submit" appearance="secondary" isBusy={isBusy}>
          {action}
        </SubmitButton>
        {children}
      </Actions>
    </form>
  );
}

/** The sentence of a refusal that is about the address. */
function refusalOf(t: TFunction, of: 'assistants' | 'safeContact', error: unknown): string | undefined {
  if (!(error instanceof ApiError)) return undefined;
  const isIts = (reason: string): boolean => error.code === `badInput.${reason}`;
  if (of === 'assistants') {
    const reason = ASSISTANT_REFUSALS.find(isIts);
    return reason && t(`assistants.refused.${reason}`);
  }
  const reason = SAFE_CONTACT_REFUSALS.find(isIts);
  return reason && t(`safeContact.refused.${reason}`);
}
