import { Field, makeStyles, Radio, RadioGroup, Select, Textarea, tokens } from '@fluentui/react-components';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FeedbackBody, SessionReply } from '../../server/contract/http.ts';
import { NOTE_READERS } from '../../server/contract/vocabulary.ts';
import { sendFeedback } from '../api/send-feedback.ts';
import { Actions } from './Actions.tsx';
import { ErrorNotice } from './ErrorNotice.tsx';
import { draftOf, toFeedbackBody, type FeedbackDraft } from './feedback-form.ts';
import { Panel } from './Panel.tsx';
import { PulseQuestions } from './PulseQuestions.tsx';
import { useServices } from './services.ts';
import { SubmitButton } from './SubmitButton.tsx';
import { useAnswer } from './use-answer.ts';

const MOST_CHARACTERS = 1000;
/** Whoever says that it did not take place is offered other times, once both calendars are read: home shows them then. */
const OFFERED_WITHIN_MS = 5_000;
const LEVELS = [1, 2, 3, 4, 5] as const;

const useStyles = makeStyles({
  form: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', rowGap: tokens.spacingVerticalXL },
  hint: { display: 'block', color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

export interface FeedbackFormProps {
  reply: SessionReply;
  /** Takes the sentence of thanks. */
  onDone: (text: string) => void;
}

/** The same few questions as on the card, or the pulse. Each says who will see the answer before one gives it. */
export function FeedbackForm({ reply, onDone }: FeedbackFormProps) {
  const styles = useStyles();
  const { t } = useTranslation();
  const { client } = useServices();
  const queries = useQueryClient();
  const [draft, setDraft] = useState(() => draftOf(reply.answer));
  const [isIncomplete, setIncomplete] = useState(false);
  const answer = useAnswer(
    (body: FeedbackBody) => sendFeedback(client, reply.session.sessionId, { ...body, attempt: reply.attempt }),
    (body) => {
      onDone(t(body.tookPlace ? 'feedback.thanks' : 'feedback.thanksNotHeld'));
      if (!body.tookPlace) setTimeout(() => void queries.invalidateQueries({ queryKey: ['home'] }), OFFERED_WITHIN_MS);
    },
  );
  const change = (part: Partial<FeedbackDraft>): void => setDraft((before) => ({ ...before, ...part }));
  const send = (): void => {
    const body = toFeedbackBody(draft);
    setIncomplete(body === null);
    if (body) answer.send(body);
  };
  return (
    <Panel
      isAccent
      title={reply.isPulse ? t('pulse.title', { name: reply.partner.displayName }) : t('feedback.title')}
      lead={reply.answer ? t('feedback.answered') : reply.isPulse ? t('pulse.intro') : undefined}
    >
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <Field
          required
          label={t('feedback.tookPlace')}
          hint={t('feedback.tookPlaceWho')}
          validationMessage={isIncomplete && draft.tookPlace === null ? t('feedback.needTookPlace') : undefined}
        >
          <RadioGroup
            layout="horizontal"
            value={draft.tookPlace === null ? '' : draft.tookPlace ? 'yes' : 'no'}
            onChange={(_event, { value }) => change({ tookPlace: value === 'yes' })}
          >
            <Radio value="yes" label={t('feedback.yes')} />
            <Radio value="no" label={t('feedback.no')} />
          </RadioGroup>
        </Field>
        {draft.tookPlace &&
          (reply.isPulse ? (
            <PulseQuestions draft={draft} onChange={change} />
          ) : (
            <Questions reply={reply} draft={draft} onChange={change} />
          ))}
        {answer.error !== null && <ErrorNotice error={answer.error} />}
        <Actions>
          <SubmitButton type="submit" isBusy={answer.isBusy}>
            {t(reply.answer ? 'feedback.change' : 'feedback.send')}
          </SubmitButton>
        </Actions>
      </form>
    </Panel>
  );
}

interface QuestionsProps {
  reply: SessionReply;
  draft: FeedbackDraft;
  onChange: (part: Partial<FeedbackDraft>) => void;
}

/** What is asked only about a session that took place. */
function Questions({ reply, draft, onChange }: QuestionsProps) {
  const styles = useStyles();
  const { t } = useTranslation();
  const name = reply.partner.displayName;
  return (
    <>
      <Field label={t('feedback.usefulness')} hint={t('feedback.usefulnessWho')}>
        <RadioGroup
          value={draft.usefulness === null ? '' : String(draft.usefulness)}
          onChange={(_event, { value }) => onChange({ usefulness: Number(value) })}
        >
          {LEVELS.map((level) => (
            <Radio key={level} value={String(level)} label={`${level} – ${t(`feedback.usefulnessLevels.${level}`)}`} />
          ))}
        </RadioGroup>
      </Field>
      {reply.nextTopics.length > 0 && (
        <Field label={`${t('feedback.nextTopic')} (${t('app.optional')})`} hint={t('feedback.nextTopicWho', { name })}>
          <Select
            value={draft.nextTopic ?? ''}
            onChange={(_event, { value }) =>
              onChange({ nextTopic: reply.nextTopics.find((topic) => topic === value) ?? null })
            }
          >
            <option value="">{t('feedback.nextTopicNone')}</option>
            {reply.nextTopics.map((topic) => (
              <option key={topic} value={topic}>
                {t(`topics.${topic}`)}
              </option>
            ))}
          </Select>
        </Field>
      )}
      <Field label={t('feedback.reader')}>
        <RadioGroup
          value={draft.noteReader}
          onChange={(_event, { value }) =>
            onChange({ noteReader: NOTE_READERS.find((reader) => reader === value) ?? draft.noteReader })
          }
        >
          {NOTE_READERS.map((reader) => (
            <Radio
              key={reader}
              value={reader}
              label={
                <>
                  {t(`feedback.readers.${reader}`, { name })}
                  <span className={styles.hint}>{t(`feedback.readersHint.${reader}`)}</span>
                </>
              }
            />
          ))}
        </RadioGroup>
      </Field>
      <Field
        label={`${t('feedback.note')} (${t('app.optional')})`}
        hint={t('feedback.noteLong', { count: MOST_CHARACTERS })}
      >
        <Textarea
          value={draft.note}
          maxLength={MOST_CHARACTERS}
          resize="vertical"
          onChange={(_event, { value }) => onChange({ note: value })}
        />
      </Field>
    </>
  );
}
