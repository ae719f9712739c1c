import { badRequest } from '../refusal.ts';

/** One request of a batch as it was written. */
export interface BatchStep {
  id: string;
  method: string;
  url: string;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: unknown;
  dependsOn: string[];
}

const MOST_STEPS = 20;
const METHODS = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'];

/** Reads the body of `POST /$batch`. Refuses the whole batch (400) where its form is wrong. */
export function readBatch(body: Record<string, unknown>): BatchStep[] {
  const requests = body['requests'];
  if (!Array.isArray(requests) || requests.length === 0) throw badRequest('Invalid batch payload format.');
  if (requests.length > MOST_STEPS) {
    throw badRequest(`Number of batch request steps exceeds the maximum value of ${MOST_STEPS}.`);
  }
  const steps = requests.map(readStep);
  const ids = new Set<string>();
  for (const { id } of steps) {
    if (ids.has(id.toLowerCase())) throw badRequest(`Duplicate request id '${id}' in the batch.`);
    ids.add(id.toLowerCase());
  }
  requireOrder(steps);
  return steps;
}

function readStep(value: unknown): BatchStep {
  const step = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  const { id, method, url, headers, dependsOn = [] } = step;
  if (typeof id !== 'string' || id === '') throw badRequest('Invalid batch payload format: a request has no id.');
  if (typeof method !== 'string' || !METHODS.includes(method.toUpperCase()))
    throw badRequest(`Invalid method of request id : ${id}.`);
  if (typeof url !== 'string' || url === '') throw badRequest(`Invalid url of request id : ${id}.`);
  if (!Array.isArray(dependsOn) || dependsOn.some((each) => typeof each !== 'string'))
    throw badRequest(`Invalid dependsOn of request id : ${id}.`);
  const lower: Record<string, string> = {};
  for (const [name, text] of Object.entries((headers ?? {}) as Record<string, unknown>))
    lower[name.toLowerCase()] = String(text);
  if (step['body'] !== undefined && lower['content-type'] === undefined) {
    throw badRequest(`Write request id : ${id} does not contain Content-Type header or body.`);
  }
  return {
    id,
    method: method.toUpperCase(),
    url,
    headers: lower,
    body: step['body'],
    dependsOn: dependsOn as string[],
  };
}

/** Each dependency must exist, and none may wait for itself. */
function requireOrder(steps: readonly BatchStep[]): void {
  const done = new Set<string>();
  let open = [...steps];
  for (const { dependsOn, id } of steps) {
    const unknown = dependsOn.find((each) => !steps.some((step) => step.id === each));
    if (unknown !== undefined)
      throw badRequest(`The dependsOn of request id : ${id} names the unknown id '${unknown}'.`);
  }
  while (open.length > 0) {
    const left = open.filter((step) => !step.dependsOn.every((each) => done.has(each)));
    if (left.length === open.length) throw badRequest('The dependsOn properties of the batch form a cycle.');
    for (const step of open) if (!left.includes(step)) done.add(step.id);
    open = left;
  }
}
