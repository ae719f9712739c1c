import type { HostItem } from './host.ts';

interface Async<Value> {
  getAsync(done: (result: Office.AsyncResult<Value>) => void): void;
}

/** A value of an item: plain while reading, an object with `getAsync` for the organizer. */
type Readable<Value extends object> = Value | Async<Value> | null | undefined;

const isAsync = <Value extends object>(value: Value | Async<Value>): value is Async<Value> => 'getAsync' in value;

async function readValue<Value extends object>(value: Readable<Value>): Promise<Value | null> {
  if (!value) return null;
  if (!isAsync(value)) return value;
  return new Promise((resolve) =>
    value.getAsync((result) => resolve(result.status === Office.AsyncResultStatus.Succeeded ? result.value : null)),
  );
}

/** The members that differ between reading, composing, mail and appointment. */
interface AnyItem {
  itemType?: string;
  itemClass?: string;
  from?: Readable<Office.EmailAddressDetails>;
  organizer?: Readable<Office.EmailAddressDetails>;
  start?: Readable<Date>;
}

const isoOf = (start: unknown): string | null =>
  start instanceof Date && !Number.isNaN(start.getTime()) ? start.toISOString() : null;

/** Who sent the item beside the pane and when it starts; null when nothing is selected. */
export async function readItem(mailbox: { item?: unknown } | undefined): Promise<HostItem | null> {
  const item = mailbox?.item as AnyItem | null | undefined;
  if (!item) return null;
  const isAppointment = item.itemType === 'appointment';
  const start = isoOf(await readValue(item.start));
  const from = await readValue(isAppointment ? item.organizer : item.from);
  return {
    kind: isAppointment ? 'appointment' : start === null ? 'message' : 'invitation',
    organizer: from?.emailAddress || null,
    start,
  };
}
