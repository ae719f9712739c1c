import { Field, Radio, RadioGroup } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { RIGHT_MATCHES, TEACHERS } from '../../server/contract/vocabulary.ts';
import type { FeedbackDraft } from './feedback-form.ts';

const LEVELS = [5, 4, 3, 2, 1] as const;

export interface PulseQuestionsProps {
  draft: FeedbackDraft;
  onChange: (part: Partial<FeedbackDraft>) => void;
}

/** The pulse of the pair, in the place of the usual questions. Each says who sees the answer before one gives it. */
export function PulseQuestions({ draft, onChange }: PulseQuestionsProps) {
  const { t } = useTranslation();
  return (
    <>
      <Field label={t('pulse.rightMatch')} hint={t('pulse.rightMatchSeen')}>
        <RadioGroup
          value={draft.rightMatch ?? ''}
          onChange={(_event, { value }) =>
            onChange({ rightMatch: RIGHT_MATCHES.find((match) => match === value) ?? null })
          }
        >
          {RIGHT_MATCHES.map((match) => (
            <Radio key={match} value={match} label={t(`pulse.rightMatches.${match}`)} />
          ))}
        </RadioGroup>
      </Field>
      <Field label={t('pulse.safeToSpeak')} hint={t('pulse.safeToSpeakSeen')}>
        <RadioGroup
          value={draft.safeToSpeak === null ? '' : String(draft.safeToSpeak)}
          onChange={(_event, { value }) => onChange({ safeToSpeak: Number(value) })}
        >
          {LEVELS.map((level) => (
            <Radio key={level} value={String(level)} label={t(`pulse.safeLevels.${level}`)} />
          ))}
        </RadioGroup>
      </Field>
      <Field label={t('pulse.taughtBy')} hint={t('pulse.taughtBySeen')}>
        <RadioGroup
          value={draft.taughtBy ?? ''}
          onChange={(_event, { value }) => onChange({ taughtBy: TEACHERS.find((who) => who === value) ?? null })}
        >
          {TEACHERS.map((who) => (
            <Radio key={who} value={who} label={t(`pulse.teachers.${who}`)} />
          ))}
        </RadioGroup>
      </Field>
    </>
  );
}
