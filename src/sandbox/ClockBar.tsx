import { Button, makeStyles, Spinner, tokens } from '@fluentui/react-components';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useAnnounce } from '../components/announce.ts';
import { formatsOf } from '../locales/formats.ts';
import { act, ask } from './control.ts';
import { Fault } from './Fault.tsx';
import { clockReply } from './replies.ts';

/** How often the page looks at a clock that runs by itself. */
const FOLLOW_MS = 5_000;

const STEPS = [
  { label: 'minutes15', body: { minutes: 15 } },
  { label: 'hour', body: { minutes: 60 } },
  { label: 'day', body: { minutes: 24 * 60 } },
  { label: 'week', body: { minutes: 7 * 24 * 60 } },
  { label: 'untilStart', body: { untilNextMeeting: 'start' } },
  { label: 'untilEnd', body: { untilNextMeeting: 'end' } },
] as const;

const useStyles = makeStyles({
  root: { display: 'grid', rowGap: tokens.spacingVerticalS },
  now: { display: 'flex', flexWrap: 'wrap', alignItems: 'baseline', columnGap: tokens.spacingHorizontalM },
  time: {
    fontSize: tokens.fontSizeBase500,
    lineHeight: tokens.lineHeightBase500,
    fontWeight: tokens.fontWeightSemibold,
    fontVariantNumeric: 'tabular-nums',
  },
  quiet: { color: tokens.colorNeutralForeground2 },
  steps: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
});

/** What time it is in the sandbox, and the buttons that move it. */
export function ClockBar({ zone }: { zone: string }) {
  const styles = useStyles();
  const { t, i18n } = useTranslation('sandbox');
  const queries = useQueryClient();
  const announce = useAnnounce();
  const formats = formatsOf(i18n.language, zone);
  const clock = useQuery({
    queryKey: ['clock'],
    queryFn: ({ signal }) => ask('clock', {}, clockReply, signal),
    refetchInterval: ({ state }) => (state.data?.following ? FOLLOW_MS : false),
  });
  const advance = useMutation({
    mutationFn: (body: Record<string, unknown>) => act('clock/advance', body, clockReply),
    onSuccess(reply) {
      announce(t('clock.moved', { now: formats.moment(reply.now) }));
      return queries.invalidateQueries();
    },
  });
  const now = clock.data?.now;
  return (
    <section aria-label={t('clock.title')} className={styles.root}>
      <div className={styles.now}>
        <time dateTime={now} className={styles.time}>
          {now ? formats.moment(now) : '–'}
        </time>
        <span className={styles.quiet}>
          {zone} · {t(clock.data?.following ? 'clock.following' : 'clock.stands')}
        </span>
      </div>
      <div className={styles.steps}>
        <span>{t('clock.advance')}</span>
        {STEPS.map((step) => (
          <Button
            key={step.label}
            size="small"
            disabledFocusable={advance.isPending}
            onClick={() => !advance.isPending && advance.mutate(step.body)}
          >
            {t(`clock.${step.label}`)}
          </Button>
        ))}
        {advance.isPending && <Spinner size="tiny" label={t('clock.moving')} />}
      </div>
      {(clock.error ?? advance.error) && (
        <Fault error={clock.error ?? advance.error} onRetry={() => void clock.refetch()} />
      )}
    </section>
  );
}
