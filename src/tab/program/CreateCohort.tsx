import { Field, Input, makeStyles, Select, Switch, tokens } from '@fluentui/react-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CohortBody } from '../../../server/contract/administrator.ts';
import { SAFE_CONTACT_REFUSALS } from '../../../server/contract/vocabulary.ts';
import { ApiError } from '../../api/api-error.ts';
import { createCohort } from '../../api/create-cohort.ts';
import { Actions } from '../../components/Actions.tsx';
import { useAnnounce } from '../../components/announce.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { Panel } from '../../components/Panel.tsx';
import { useServices } from '../../components/services.ts';
import { SubmitButton } from '../../components/SubmitButton.tsx';
import {
  checkCohort,
  EMPTY_COHORT,
  NUMBER_LIMITS,
  rhythmField,
  toCohortBody,
  type CohortDraft,
  type CohortFaults,
  type NumberField,
} from './cohort-form.ts';
import { GroupPicker } from './GroupPicker.tsx';

const useStyles = makeStyles({
  form: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', rowGap: tokens.spacingVerticalL },
  columns: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 22rem), 1fr))',
    alignItems: 'start',
    gap: tokens.spacingHorizontalL,
  },
  numbers: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 10rem), 1fr))',
    alignItems: 'start',
    gap: tokens.spacingHorizontalL,
  },
});

/** Opens a cohort from two groups. Nobody is written to yet. */
export function CreateCohort() {
  const styles = useStyles();
  const { t } = useTranslation(['app', 'program']);
  const { client } = useServices();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState<CohortDraft>(EMPTY_COHORT);
  const [isChecked, setChecked] = useState(false);
  const create = useMutation({
    mutationFn: (body: CohortBody) => createCohort(client, body),
    onSuccess({ mentees, mentors }) {
      announce(
        t('program:created', {
          mentees: t('program:menteeCount', { count: mentees }),
          mentors: t('program:mentorCount', { count: mentors }),
        }),
      );
      return queries.invalidateQueries({ queryKey: ['overview'] });
    },
  });
  const faults: CohortFaults = isChecked ? checkCohort(draft) : {};
  const change = (part: Partial<CohortDraft>): void => setDraft((before) => ({ ...before, ...part }));
  const faultText = (field: keyof CohortDraft): string | undefined => {
    const fault = faults[field];
    if (!fault) return undefined;
    const [least, most] = NUMBER_LIMITS[field as NumberField] ?? [];
    return t(`program:faults.${fault}`, { least, most });
  };
  /** Why the person who was named cannot be the safe contact. */
  const refusalOf = (error: Error | null): string | undefined => {
    if (!(error instanceof ApiError)) return undefined;
    const reason = SAFE_CONTACT_REFUSALS.find((known) => error.code === `badInput.${known}`);
    return reason && t(`safeContact.refused.${reason}`);
  };
  const submit = (): void => {
    setChecked(true);
    const body = toCohortBody(draft);
    if (body) return create.mutate(body);
    // After the faults are shown, the first field that has one takes the focus.
    setTimeout(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(), 0);
  };
  const numberField = (field: NumberField) => (
    <Field label={t(`program:${field}`)} validationMessage={faultText(field)}>
      <Input
        type="number"
        inputMode="numeric"
        min={NUMBER_LIMITS[field][0]}
        max={NUMBER_LIMITS[field][1]}
        value={draft[field]}
        onChange={(_event, { value }) => change({ [field]: value })}
      />
    </Field>
  );
  return (
    <Panel isAccent title={t('program:createTitle')} lead={t('program:createLead')}>
      <form
        ref={form}
        noValidate
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <div className={styles.columns}>
          <Field required label={t('program:programName')} validationMessage={faultText('programName')}>
            <Input value={draft.programName} onChange={(_event, { value }) => change({ programName: value })} />
          </Field>
          <Field
            required
            label={t('program:cohortName')}
            hint={t('program:cohortHint')}
            validationMessage={faultText('cohortName')}
          >
            <Input value={draft.cohortName} onChange={(_event, { value }) => change({ cohortName: value })} />
          </Field>
          <GroupPicker
            label={t('program:menteeGroup')}
            chosen={draft.menteeGroup}
            onChoose={(menteeGroup) => change({ menteeGroup })}
            fault={faultText('menteeGroup')}
          />
          <GroupPicker
            label={t('program:mentorGroup')}
            chosen={draft.mentorGroup}
            onChoose={(mentorGroup) => change({ mentorGroup })}
            fault={faultText('mentorGroup')}
          />
          <Field
            required
            label={t('safeContact.address')}
            hint={t('safeContact.hint')}
            validationMessage={faultText('safeContact') ?? refusalOf(create.error)}
          >
            <Input
              type="email"
              autoComplete="off"
              maxLength={254}
              value={draft.safeContact}
              onChange={(_event, { value }) => change({ safeContact: value })}
            />
          </Field>
        </div>
        <div className={styles.numbers}>
          {numberField('sessions')}
          {numberField('minutes')}
          <Field label={t('program:rhythm')}>
            <Select
              value={draft.rhythm}
              onChange={(_event, { value }) => change({ rhythm: value as CohortDraft['rhythm'] })}
            >
              {(['weeks', 'months'] as const).map((rhythm) => (
                <option key={rhythm} value={rhythm}>
                  {t(`program:rhythms.${rhythm}`)}
                </option>
              ))}
            </Select>
          </Field>
          {numberField(rhythmField(draft))}
          <Field label={`${t('program:startsOn')} (${t('app.optional')})`}>
            <Input type="date" value={draft.startsOn} onChange={(_event, { value }) => change({ startsOn: value })} />
          </Field>
        </div>
        <Field hint={t('program:automaticHint')}>
          <Switch
            label={t('program:automatic')}
            checked={draft.automatic}
            onChange={(_event, { checked }) => change({ automatic: checked })}
          />
        </Field>
        <Field hint={t('program:movesAllowedHint')}>
          <Switch
            label={t('program:movesAllowed')}
            checked={draft.movesAllowed}
            onChange={(_event, { checked }) => change({ movesAllowed: checked })}
          />
        </Field>
        {create.error && refusalOf(create.error) === undefined && <ErrorNotice error={create.error} />}
        <Actions>
          <SubmitButton type="submit" isBusy={create.isPending}>
            {t('program:create')}
          </SubmitButton>
        </Actions>
      </form>
    </Panel>
  );
}
