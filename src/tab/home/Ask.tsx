import type { AskView } from '../../../server/contract/http.ts';
import { AssistantAsk } from './AssistantAsk.tsx';
import { CopiesLeftAsk } from './CopiesLeftAsk.tsx';
import { GoalsAsk } from './GoalsAsk.tsx';
import { JoinAsk } from './JoinAsk.tsx';
import { MentorAsk } from './MentorAsk.tsx';
import { NewTimeAsk } from './NewTimeAsk.tsx';
import { ProposalAsk } from './ProposalAsk.tsx';
import { RestartAsk } from './RestartAsk.tsx';

/** Any question to the person. */
export function Ask({ ask, onDone }: { ask: AskView; onDone: (text: string) => void }) {
  switch (ask.kind) {
    case 'goals':
      return <GoalsAsk ask={ask} onDone={onDone} />;
    case 'join':
      return <JoinAsk ask={ask} onDone={onDone} />;
    case 'mentor':
      return <MentorAsk ask={ask} onDone={onDone} />;
    case 'assistantProposal':
      return <AssistantAsk ask={ask} onDone={onDone} />;
    case 'newTime':
      return <NewTimeAsk ask={ask} onDone={onDone} />;
    case 'restart':
      return <RestartAsk ask={ask} onDone={onDone} />;
    case 'copiesLeft':
      return <CopiesLeftAsk ask={ask} onDone={onDone} />;
    case 'proposal':
      return <ProposalAsk ask={ask} onDone={onDone} />;
  }
}
