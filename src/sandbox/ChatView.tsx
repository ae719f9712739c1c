import { Button, Input, makeStyles, mergeClasses, Spinner, tokens } from '@fluentui/react-components';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAnnounce } from '../components/announce.ts';
import { Panel } from '../components/Panel.tsx';
import { formatsOf } from '../locales/formats.ts';
import { answerText } from './answer-text.ts';
import { act, ask } from './control.ts';
import { Fault } from './Fault.tsx';
import { chatActReply, chatReply, type ChatActivity, type SandboxPerson } from './replies.ts';

const CardView = lazy(async () => ({ default: (await import('./CardView.tsx')).CardView }));

const useStyles = makeStyles({
  list: {
    margin: 0,
    padding: 0,
    listStyleType: 'none',
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    rowGap: tokens.spacingVerticalL,
  },
  entry: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    rowGap: tokens.spacingVerticalXS,
    maxWidth: '36rem',
  },
  own: { justifySelf: 'end', textAlign: 'right' },
  head: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  bubble: {
    padding: tokens.spacingHorizontalM,
    border: `${tokens.strokeWidthThin} solid ${tokens.colorTransparentStroke}`,
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground3,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
  },
  ownBubble: { backgroundColor: tokens.colorBrandBackground2, color: tokens.colorBrandForeground2 },
  say: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  text: { flexGrow: 1, minWidth: '10rem' },
});

interface Act {
  name: 'execute' | 'say';
  body: Record<string, unknown>;
}

/** A person's chat with the bot: its cards can be answered, and the person can write. */
export function ChatView({ person }: { person: SandboxPerson }) {
  const styles = useStyles();
  const { t } = useTranslation('sandbox');
  const queries = useQueryClient();
  const announce = useAnnounce();
  const [text, setText] = useState('');
  const [refusal, setRefusal] = useState<string | null>(null);
  const chat = useQuery({
    queryKey: ['chat', person.id],
    queryFn: ({ signal }) => ask('chat', { person: person.id }, chatReply, signal),
  });
  const run = useMutation({
    mutationFn: ({ name, body }: Act) => act(`chat/${name}`, { person: person.id, ...body }, chatActReply),
    onSuccess({ answer, chat: newest }, { name }) {
      if (name === 'say') setText('');
      const { isRefusal, words } = answerText(answer);
      setRefusal(isRefusal ? words : null);
      announce(isRefusal ? t('chat.refused', { text: words }) : words || t('chat.answered'));
      queries.setQueryData(['chat', person.id], newest);
      return queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'chat' });
    },
  });
  const activities = chat.data?.activities ?? [];
  const lead = chat.data && (!chat.data.conversationId ? t('chat.none') : activities.length === 0 && t('chat.empty'));
  return (
    <Panel title={t('chat.title', { name: person.name })} lead={lead || undefined}>
      {chat.error && <Fault error={chat.error} onRetry={() => void chat.refetch()} />}
      {chat.isPending && <Spinner label={t('loading')} />}
      <ol className={styles.list}>
        {activities.map((activity) => (
          <Entry
            key={activity.id}
            activity={activity}
            person={person}
            onAction={(action, inputs) =>
              run.mutate({ name: 'execute', body: { activityId: activity.id, action, inputs } })
            }
          />
        ))}
      </ol>
      {run.isPending && <Spinner size="tiny" />}
      {run.error && <Fault error={run.error} />}
      {refusal !== null && <div role="alert">{t('chat.refused', { text: refusal })}</div>}
      {chat.data?.conversationId && (
        <form
          className={styles.say}
          onSubmit={(event) => {
            event.preventDefault();
            if (text.trim()) run.mutate({ name: 'say', body: { text } });
          }}
        >
          <Input
            className={styles.text}
            aria-label={t('chat.say')}
            placeholder={t('chat.say')}
            value={text}
            onChange={(_event, { value }) => setText(value)}
          />
          <Button type="submit">{t('chat.send')}</Button>
        </form>
      )}
    </Panel>
  );
}

interface EntryProps {
  activity: ChatActivity;
  person: SandboxPerson;
  onAction: (action: Record<string, unknown>, inputs: Record<string, string>) => void;
}

function Entry({ activity, person, onAction }: EntryProps) {
  const styles = useStyles();
  const { t, i18n } = useTranslation('sandbox');
  const formats = formatsOf(i18n.language, person.zone);
  const isOwn = activity.from === 'person';
  const at = formats.moment(activity.at);
  return (
    <li className={mergeClasses(styles.entry, isOwn && styles.own)}>
      <span className={styles.head}>
        {isOwn ? person.name : t('chat.bot')} · {at}
        {activity.replaced > 0 && ` · ${t('chat.edited')}`}
      </span>
      {activity.text && <div className={mergeClasses(styles.bubble, isOwn && styles.ownBubble)}>{activity.text}</div>}
      {activity.card && (
        <Suspense fallback={<Spinner size="tiny" label={t('loading')} />}>
          <CardView card={activity.card} label={t('chat.card', { at })} onAction={onAction} />
        </Suspense>
      )}
    </li>
  );
}
