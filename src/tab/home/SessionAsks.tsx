import { useQuery } from '@tanstack/react-query';
import { readHome } from '../../api/read-home.ts';
import { useServices } from '../../components/services.ts';
import { AskGroup } from './AskGroup.tsx';
import { useAnswered } from './use-answered.ts';

/** Other times that are offered for one session, where one has just said that it did not take place. */
export function SessionAsks({ sessionId }: { sessionId: string }) {
  const { client } = useServices();
  const home = useQuery({ queryKey: ['home'], queryFn: ({ signal }) => readHome(client, signal) });
  const asks = (home.data?.asks ?? []).filter((ask) => ask.kind === 'newTime' && ask.sessionId === sessionId);
  const answered = useAnswered(asks);
  return answered.open.length + answered.done.length === 0 ? null : <AskGroup {...answered} />;
}
