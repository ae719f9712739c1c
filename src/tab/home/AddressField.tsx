import { Field, Input, makeStyles, tokens } from '@fluentui/react-components';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ASSISTANT_REFUSALS } from '../../../server/contract/vocabulary.ts';
import { ApiError } from '../../api/api-error.ts';
import { Actions } from '../../components/Actions.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { SubmitButton } from '../../components/SubmitButton.tsx';

const useStyles = makeStyles({ form: { display: 'grid', rowGap: tokens.spacingVerticalM, maxWidth: '28rem' } });

/** No address is longer. */
const LONGEST_ADDRESS = 254;

export interface AddressFieldProps {
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

/** The work address of an assistant, with what is wrong with it below the field. */
export function AddressField({ action, hint, isBusy, error, isAwaited = false, onSend, children }: AddressFieldProps) {
  const styles = useStyles();
  const { t } = useTranslation();
  const [address, setAddress] = useState('');
  const [isMissing, setMissing] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isAwaited) input.current?.focus();
  }, [isAwaited]);
  const refused = refusalOf(error);
  const problem = isMissing ? t('assistants.missing') : refused && t(`assistants.refused.${refused}`);
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
      <Field label={t('assistants.address')} {...(hint && { hint })} {...(problem && { validationMessage: problem })}>
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

/** The reason of a refusal that is about the address. */
function refusalOf(error: unknown): (typeof ASSISTANT_REFUSALS)[number] | undefined {
  if (!(error instanceof ApiError)) return undefined;
  return ASSISTANT_REFUSALS.find((reason) => error.code === `badInput.${reason}`);
}
