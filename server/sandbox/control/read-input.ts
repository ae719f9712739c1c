/** A request that cannot be served as it is; `field` names what is wrong with it. */
export class ControlError extends Error {
  readonly status: number;
  readonly field: string | null;

  constructor(status: number, field: string | null, message: string) {
    super(message);
    this.name = 'ControlError';
    this.status = status;
    this.field = field;
  }
}

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const OPAQUE_ID = /^[\w\-=+/.:|]{1,1024}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,7})?)?(Z|[+-]\d{2}:\d{2})$/;
const WALL_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/;

/** Named values of a query or of a JSON body. */
export type Input = Record<string, unknown>;

const fault = (field: string, message: string): never => {
  throw new ControlError(400, field, message);
};

/** The JSON object of a body; '' counts as an empty one. Throws ControlError 400. */
export function readBody(body: string): Input {
  if (body === '') return {};
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw new ControlError(400, 'body', 'body: not valid JSON');
  }
  return isObject(value) ? value : fault('body', 'body: must be a JSON object');
}

/** Whether a value is an object with named members. */
export function isObject(value: unknown): value is Input {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Text of at most `most` characters, not empty. */
export function readText(input: Input, field: string, most: number): string {
  const value = input[field];
  if (typeof value !== 'string' || value.trim() === '') return fault(field, `${field}: text is missing`);
  return value.length > most ? fault(field, `${field}: at most ${most} characters`) : value;
}

/** A GUID in lower case. */
export function readGuid(input: Input, field: string): string {
  const value = input[field];
  const id = typeof value === 'string' ? value.toLowerCase() : '';
  return GUID.test(id) ? id : fault(field, `${field}: must be a GUID`);
}

/** An id as mailboxes and chats make them. */
export function readOpaqueId(input: Input, field: string): string {
  const value = input[field];
  return typeof value === 'string' && OPAQUE_ID.test(value) ? value : fault(field, `${field}: must be an id`);
}

/** Milliseconds since the epoch of an ISO instant with `Z` or an offset. */
export function readInstant(input: Input, field: string): number {
  const value = input[field];
  const instant = typeof value === 'string' && INSTANT.test(value) ? Date.parse(value) : NaN;
  return Number.isNaN(instant) ? fault(field, `${field}: must be an instant such as 2026-09-28T06:00:00Z`) : instant;
}

/** A wall time `YYYY-MM-DDTHH:MM`. */
export function readWallTime(input: Input, field: string): string {
  const value = input[field];
  const isTime =
    typeof value === 'string' && WALL_TIME.test(value) && new Date(`${value}Z`).toJSON()?.startsWith(value) === true;
  return isTime ? value : fault(field, `${field}: must be a wall time such as 2026-09-28T09:30`);
}

/** A whole number of the range, both ends included. */
export function readWhole(input: Input, field: string, least: number, most: number): number {
  const value = input[field];
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
    ? value
    : fault(field, `${field}: must be a whole number from ${least} to ${most}`);
}

/** True or false. */
export function readBoolean(input: Input, field: string): boolean {
  const value = input[field];
  return typeof value === 'boolean' ? value : fault(field, `${field}: must be true or false`);
}

/** One of the words. */
export function readWord<Word extends string>(input: Input, field: string, allowed: readonly Word[]): Word {
  const value = input[field];
  return allowed.find((word) => word === value) ?? fault(field, `${field}: must be one of ${allowed.join(', ')}`);
}

/** Named texts, e.g. the inputs of a card; missing counts as none. */
export function readTexts(input: Input, field: string): Record<string, string> {
  const value = input[field] ?? {};
  if (!isObject(value)) return fault(field, `${field}: must be an object of texts`);
  return Object.fromEntries(
    Object.entries(value).map(([name, text]) => [
      name,
      typeof text === 'string' ? text : fault(`${field}.${name}`, `${field}.${name}: must be text`),
    ]),
  );
}
