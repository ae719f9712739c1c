import { useQuery } from '@tanstack/react-query';
import { readWork } from '../../api/read-work.ts';
import { ErrorNotice } from '../ErrorNotice.tsx';
import { LoadingPart } from '../Loading.tsx';
import { useServices } from '../services.ts';
import { ActionsPanel } from './ActionsPanel.tsx';
import { NotesPanel } from './NotesPanel.tsx';

/** What the two of a pair write down around a session: actions until the next one, and notes. */
export function WorkPanels({ sessionId, partnerName }: { sessionId: string; partnerName: string }) {
  const { client } = useServices();
  const work = useQuery({
    queryKey: ['work', sessionId],
    queryFn: ({ signal }) => readWork(client, sessionId, signal),
  });
  if (work.isPending) return <LoadingPart />;
  if (!work.data) return <ErrorNotice error={work.error} onRetry={() => void work.refetch()} />;
  return (
    <>
      <ActionsPanel sessionId={sessionId} work={work.data} partnerName={partnerName} />
      <NotesPanel key={sessionId} sessionId={sessionId} work={work.data} partnerName={partnerName} />
    </>
  );
}
