import type { SandboxRequest } from '../../http.ts';
import { GraphRefusal } from '../refusal.ts';
import type { ExchangeContext } from './context.ts';
import { cancelItem } from './cancel.ts';
import { invalidRequest, unreadableBody } from './failure.ts';
import type { Answer, Item } from './model.ts';
import { readJson, readZonedWall } from './read-body.ts';
import { respondToItem } from './respond.ts';
import { toInstant } from './zones.ts';

const ANSWERS = new Map<string, Exclude<Answer, 'none'>>([
  ['accept', 'accepted'],
  ['tentativelyaccept', 'tentativelyAccepted'],
  ['decline', 'declined'],
]);

/** Parameters by their lower-case names; refuses (400) those that the action does not take. */
function readParameters(request: SandboxRequest, action: string, names: readonly string[]): Map<string, unknown> {
  const body = request.body.trim() === '' ? {} : readJson(request.body);
  const parameters = new Map(Object.entries(body).map(([name, value]) => [name.toLowerCase(), value]));
  for (const name of parameters.keys()) {
    if (names.includes(name)) continue;
    throw unreadableBody(
      `The parameter '${name}' in the request payload is not a valid parameter for the operation '${action}'.`,
    );
  }
  return parameters;
}

function readProposal(value: unknown): { start: number; end: number } | null {
  if (!value) return null;
  const slot = value as Record<string, unknown>;
  if (!slot['start'] || !slot['end']) throw invalidRequest('ProposedNewTime needs a start and an end.');
  const [start, end] = [readZonedWall(slot['start'], 'Start'), readZonedWall(slot['end'], 'End')];
  return { start: toInstant(start.zone.iana, start.wall), end: toInstant(end.zone.iana, end.wall) };
}

/** Whether this is an action on an event that {@link actOnEvent} knows. */
export const isEventAction = (action: string): boolean => action === 'cancel' || ANSWERS.has(action);

/**
 * Performs `cancel`, `accept`, `tentativelyAccept` or `decline` (in lower case). Refuses (400) attendees who cancel and
 * organizers who answer.
 */
export function actOnEvent(
  context: ExchangeContext,
  item: Item,
  action: string,
  request: SandboxRequest,
  by: string,
): void {
  if (action === 'cancel') {
    readParameters(request, 'Cancel', ['comment']);
    if (!item.event.isOrganizer) throw invalidRequest('You need to be an organizer to cancel a meeting.');
    cancelItem(context, item, by);
    return;
  }
  const answer = ANSWERS.get(action);
  if (!answer) throw new GraphRefusal(400, 'BadRequest', `Resource not found for the segment '${action}'.`);
  const proposable = answer === 'accepted' ? [] : ['proposednewtime'];
  const parameters = readParameters(request, action, ['comment', 'sendresponse', ...proposable]);
  const proposal = readProposal(parameters.get('proposednewtime'));
  respondToItem(context, item, { answer, sendResponse: parameters.get('sendresponse') !== false, proposal }, by);
}
