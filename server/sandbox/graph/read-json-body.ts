import type { SandboxRequest } from '../http.ts';
import { badRequest, GraphRefusal } from './refusal.ts';

/** The body as a JSON object. Refuses (400) a body without a JSON content type or that is no JSON object. */
export function readJsonBody(request: SandboxRequest): Record<string, unknown> {
  if (request.body === '') throw badRequest('Empty Payload. JSON content expected.');
  if (!/\bjson\b/i.test(request.headers['content-type'] ?? '')) {
    throw new GraphRefusal(
      415,
      'UnsupportedMediaType',
      'Write requests (excluding DELETE) must contain the Content-Type header declaration.',
    );
  }
  let body: unknown;
  try {
    body = JSON.parse(request.body);
  } catch {
    throw badRequest(
      'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.',
    );
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw badRequest('Empty Payload. JSON content expected.');
  return body as Record<string, unknown>;
}
