import { chance } from '../../hash.ts';
import type { SandboxReply, SandboxRequest } from '../../http.ts';
import { mailboxOfPath } from '../mailbox-path.ts';
import { readJsonBody } from '../read-json-body.ts';
import { badRequest, GraphRefusal } from '../refusal.ts';
import { refusalReply } from '../finish-reply.ts';
import { createPlaces } from './places.ts';
import { readBatch, type BatchStep } from './read-batch.ts';

/** Graph runs so many requests of one mailbox at a time, whatever the batch holds. */
const OUTLOOK_AT_ONCE = 4;

/** Answers one request of a batch, finished with headers. */
export type AnswerInner = (request: SandboxRequest) => Promise<SandboxReply>;

/**
 * `POST /$batch`: every request on its own, in parallel but for `dependsOn`, answers in no particular order, and 200
 * for the whole whatever happened inside.
 */
export async function runBatch(outer: SandboxRequest, seed: number, answer: AnswerInner): Promise<SandboxReply> {
  const steps = readBatch(readJsonBody(outer));
  const places = createPlaces(OUTLOOK_AT_ONCE);
  const started = new Map<string, Promise<SandboxReply>>();
  const byId = new Map(steps.map((step) => [step.id, step]));

  const start = (step: BatchStep): Promise<SandboxReply> => {
    let running = started.get(step.id);
    if (!running) started.set(step.id, (running = run(step)));
    return running;
  };
  const run = async (step: BatchStep): Promise<SandboxReply> => {
    const needed = await Promise.all(step.dependsOn.map((id) => start(byId.get(id)!)));
    if (needed.some((reply) => reply.status >= 400)) {
      return refusalReply(new GraphRefusal(424, 'FailedDependency', 'A request on which this one depends has failed.'));
    }
    const request = innerRequest(outer, step);
    if (request instanceof GraphRefusal) return refusalReply(request);
    const mailbox = mailboxOfPath(request.path);
    return mailbox === undefined ? answer(request) : places.run(mailbox, () => answer(request));
  };

  const replies = await Promise.all(steps.map(async (step) => ({ step, reply: await start(step) })));
  const rank = (step: BatchStep): number => chance(seed, 'batch-order', step.id, step.method, step.url);
  const responses = replies
    .sort((a, b) => rank(a.step) - rank(b.step))
    .map(({ step, reply }) => toResponse(step.id, reply));
  return { status: 200, body: { responses } };
}

/** The request that a step stands for, or why it is none: urls are relative, without version, and no batch again. */
function innerRequest(outer: SandboxRequest, step: BatchStep): SandboxRequest | GraphRefusal {
  if (/^[a-z][a-z0-9+.-]*:/i.test(step.url)) return badRequest(`Invalid batch url '${step.url}': it must be relative.`);
  const [path = '', query = ''] = splitOnce(step.url.replace(/^\/?/, '/'), '?');
  if (/^\/(v1\.0|beta)(\/|$)/i.test(path))
    return badRequest(`Invalid batch url '${step.url}': it must not contain the version.`);
  if (/^\/\$batch$/i.test(path)) return badRequest('Nested batch requests are not supported.');
  const { authorization, host, 'client-request-id': clientRequestId } = outer.headers;
  return {
    method: step.method,
    path: `/v1.0${path}`,
    query: new URLSearchParams(query),
    headers: {
      ...(authorization !== undefined && { authorization }),
      ...(host !== undefined && { host }),
      ...(clientRequestId !== undefined && { 'client-request-id': clientRequestId }),
      ...step.headers,
    },
    body: step.body === undefined ? '' : typeof step.body === 'string' ? step.body : JSON.stringify(step.body),
  };
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

function toResponse(id: string, reply: SandboxReply): Record<string, unknown> {
  const body = Buffer.isBuffer(reply.body) ? reply.body.toString('base64') : reply.body;
  return { id, status: reply.status, headers: reply.headers ?? {}, ...(body !== undefined && { body }) };
}
