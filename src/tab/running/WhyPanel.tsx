import { Field, makeStyles, Select, Skeleton, SkeletonItem, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunningReply } from '../../../server/contract/running.ts';
import { readWaiting, type WaitingSubject } from '../../api/read-waiting.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { Panel } from '../../components/Panel.tsx';
import { useServices } from '../../components/services.ts';
import { useFormats } from '../../components/use-formats.ts';

const useStyles = makeStyles({
  field: { maxWidth: '32rem' },
  list: { margin: 0, paddingInlineStart: tokens.spacingHorizontalXL, display: 'grid', rowGap: tokens.spacingVerticalS },
});

/** The value of an option: a pair, a participant, or the cohort. */
function readSubject(value: string): WaitingSubject {
  const [kind, id, side] = value.split(' ');
  if (kind === 'pair' && id) return { pairId: id };
  if (kind === 'person' && id) return { personId: id, side: side === 'mentor' ? 'mentor' : 'mentee' };
  return {};
}

/** "Why did nothing happen?": choose a pair, a person or the cohort, and read what the program waits for. */
export function WhyPanel({ cohortId, running }: { cohortId: string; running: RunningReply }) {
  const styles = useStyles();
  const { t } = useTranslation('running');
  const { client } = useServices();
  const formats = useFormats();
  const [subject, setSubject] = useState('cohort');
  const waiting = useQuery({
    queryKey: ['waiting', cohortId, subject],
    queryFn: ({ signal }) => readWaiting(client, cohortId, readSubject(subject), signal),
  });
  return (
    <Panel title={t('why.title')} lead={t('why.lead')}>
      <Field label={t('why.about')} className={styles.field}>
        <Select value={subject} onChange={(_event, { value }) => setSubject(value)}>
          <option value="cohort">{t('why.cohort')}</option>
          {running.pairs.length > 0 && (
            <optgroup label={t('why.pairs')}>
              {running.pairs.map(({ pairId, menteeName, mentorName }) => (
                <option key={pairId} value={`pair ${pairId}`}>
                  {t('pair', { mentee: menteeName, mentor: mentorName })}
                </option>
              ))}
            </optgroup>
          )}
          {running.people.length > 0 && (
            <optgroup label={t('why.people')}>
              {running.people.map(({ personId, side, displayName }) => (
                <option key={`${side} ${personId}`} value={`person ${personId} ${side}`}>
                  {t(`why.${side}`, { name: displayName })}
                </option>
              ))}
            </optgroup>
          )}
        </Select>
      </Field>
      <div aria-live="polite">
        {waiting.isPending && (
          <Skeleton aria-label={t('why.looking')}>
            <SkeletonItem />
          </Skeleton>
        )}
        {waiting.data && (
          <ul className={styles.list}>
            {waiting.data.waits.map(({ code, until }) => (
              <li key={code}>
                {t(`waits.${code}`)}
                {until && ` ${t(code === 'nextSession' ? 'why.at' : 'why.until', { until: formats.moment(until) })}`}
              </li>
            ))}
          </ul>
        )}
      </div>
      {waiting.error && <ErrorNotice error={waiting.error} onRetry={() => void waiting.refetch()} />}
    </Panel>
  );
}
