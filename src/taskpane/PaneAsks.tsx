import { useQuery } from '@tanstack/react-query';
import type { AskView } from '../../server/contract/http.ts';
import { readHome } from '../api/read-home.ts';
import { SafeContactPanel } from '../components/SafeContactPanel.tsx';
import { useServices } from '../components/services.ts';
import { AskGroup } from '../tab/home/AskGroup.tsx';
import { useAnswered } from '../tab/home/use-answered.ts';

/** What is about times is answered beside the calendar; the longer questions are in chat and tab. */
const IN_PANE: readonly AskView['kind'][] = ['proposal', 'assistantProposal', 'newTime'];

/**
 * The questions about times that wait for the caller, answerable in the pane (product.md D5). Nothing while they are read
 * and when they cannot be: the pane is about the meeting beside it.
 */
export function PaneAsks() {
  const { client } = useServices();
  const home = useQuery({ queryKey: ['home'], queryFn: ({ signal }) => readHome(client, signal) });
  const answered = useAnswered((home.data?.asks ?? []).filter(({ kind }) => IN_PANE.includes(kind)));
  if (answered.open.length + answered.done.length === 0) return null;
  return <AskGroup {...answered} />;
}

/** The safe contacts of the caller's cohorts, at the foot of the pane. */
export function PaneContacts() {
  const { client } = useServices();
  const home = useQuery({ queryKey: ['home'], queryFn: ({ signal }) => readHome(client, signal) });
  return (home.data?.safeContacts ?? []).map((contact) => (
    <SafeContactPanel key={contact.cohortId} contact={contact} />
  ));
}
