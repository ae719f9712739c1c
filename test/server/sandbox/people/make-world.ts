import { createVirtualClock } from '../../../../server/sandbox/clock.ts';
import { opaqueId } from '../../../../server/sandbox/hash.ts';
import type {
  CalendarItem,
  CardAnswer,
  ChatActivity,
  Chats,
  Exchange,
  SandboxMail,
  SeedAppointment,
  World,
} from '../../../../server/sandbox/world.ts';

export const FROM = Date.parse('2026-09-28T06:00:00Z');
const DAY = 86_400_000;

/** A call that somebody made on the fake mailboxes. */
export interface ExchangeCall {
  name: string;
  ownerId: string;
  at: number;
  rest: unknown[];
}

/** Mailboxes that hold copies of booked sessions and write down what is done to them. */
export interface FakeExchange extends Exchange {
  seeded: Map<string, SeedAppointment[]>;
  calls: ExchangeCall[];
  items: Map<string, CalendarItem[]>;
}

function createFakeExchange(now: () => number): FakeExchange {
  const items = new Map<string, CalendarItem[]>();
  const seeded = new Map<string, SeedAppointment[]>();
  const calls: ExchangeCall[] = [];
  const own = (ownerId: string): CalendarItem[] => items.get(ownerId) ?? items.set(ownerId, []).get(ownerId)!;
  const record = (name: string, ownerId: string, ...rest: unknown[]): void => {
    calls.push({ name, ownerId, at: now(), rest });
  };
  const find = (ownerId: string, eventId: string): CalendarItem[] => {
    const found = own(ownerId).filter((item) => item.eventId === eventId || item.seriesMasterId === eventId);
    if (found.length === 0) throw new Error(`no item ${eventId}`);
    return found;
  };
  const drop = (ownerId: string, gone: CalendarItem[]): void => {
    items.set(
      ownerId,
      own(ownerId).filter((item) => !gone.includes(item)),
    );
  };
  return {
    seeded,
    calls,
    items,
    seed(ownerId, draft) {
      seeded.set(ownerId, [...(seeded.get(ownerId) ?? []), draft]);
    },
    view: (ownerId, from, to) => own(ownerId).filter(({ start, end }) => start < to && end > from),
    add(ownerId, draft) {
      record('add', ownerId, draft);
      return 'added';
    },
    respond(ownerId, eventId, answer, proposal) {
      const found = find(ownerId, eventId);
      record('respond', ownerId, eventId, answer, proposal);
      for (const item of found) item.response = answer;
      if (answer === 'declined') drop(ownerId, found);
    },
    remove(ownerId, eventId) {
      drop(ownerId, find(ownerId, eventId));
      record('remove', ownerId, eventId);
    },
    move(ownerId, eventId, start, end) {
      const [item] = find(ownerId, eventId);
      record('move', ownerId, eventId, start, end);
      for (const copies of items.values()) {
        for (const copy of copies) if (copy.iCalUId === item!.iCalUId) Object.assign(copy, { start, end });
      }
    },
    edit: (ownerId, eventId, change) => record('edit', ownerId, eventId, change),
    copy(ownerId, eventId) {
      record('copy', ownerId, eventId);
      return 'copied';
    },
    cancel(ownerId, eventId) {
      const [item] = find(ownerId, eventId);
      record('cancel', ownerId, eventId);
      for (const owner of items.keys())
        drop(
          owner,
          own(owner).filter((copy) => copy.iCalUId === item!.iCalUId),
        );
    },
    mailsOf: () => [],
    writes: () => [],
    tagged: () => [],
  };
}

/** Chats whose bot answers with what the test says. */
export interface FakeChats extends Chats {
  executed: {
    personId: string;
    activityId: string;
    action: Record<string, unknown>;
    inputs: Record<string, string>;
    at: number;
  }[];
  /** What the bot answers; by default a thank-you without actions. */
  bot: (call: {
    personId: string;
    activityId: string;
    action: Record<string, unknown>;
    inputs: Record<string, string>;
  }) => CardAnswer;
  /** Puts a card into the person's chat and tells the hooks. */
  deliver(personId: string, id: string, card: Record<string, unknown>): ChatActivity;
}

export const thankYou = (actions: unknown[] = []): CardAnswer => ({
  httpStatus: 200,
  statusCode: 200,
  type: 'application/vnd.microsoft.card.adaptive',
  value: { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text: 'Thank you' }], actions },
});

function createFakeChats(world: () => World): FakeChats {
  const chats = new Map<string, ChatActivity[]>();
  const fake: FakeChats = {
    executed: [],
    bot: () => thankYou(),
    deliver(personId, id, card) {
      const at = world().clock.now();
      const conversationId = `a:${personId}`;
      const activity: ChatActivity = {
        id,
        conversationId,
        at,
        updatedAt: null,
        from: 'bot',
        text: null,
        card,
        replaced: 0,
      };
      chats.set(personId, [...(chats.get(personId) ?? []), activity]);
      for (const listener of world().hooks.activityDelivered) listener(personId, activity);
      return activity;
    },
    of(personId) {
      const activities = chats.get(personId);
      return activities ? { conversationId: `a:${personId}`, activities } : null;
    },
    async execute(personId, activityId, action, inputs) {
      fake.executed.push({ personId, activityId, action, inputs, at: world().clock.now() });
      const answer = fake.bot({ personId, activityId, action, inputs });
      const activity = chats.get(personId)?.find(({ id }) => id === activityId);
      if (activity && answer.httpStatus === 200 && answer.type === 'application/vnd.microsoft.card.adaptive') {
        activity.card = answer.value as Record<string, unknown>;
        activity.replaced++;
      }
      return answer;
    },
    say: async (_personId, text) => ({ httpStatus: 200, statusCode: null, type: null, value: text }),
    block: () => undefined,
    install: async () => undefined,
    uninstall: async () => undefined,
    sent: () => [...chats.values()].flat(),
  };
  return fake;
}

/** An empty world with fake mailboxes and chats. */
export function makeWorld(seed: number): World & { exchange: FakeExchange; chats: FakeChats } {
  const clock = createVirtualClock(FROM);
  const world: World & { exchange: FakeExchange; chats: FakeChats } = {
    seed,
    tenantId: '11111111-1111-4111-8111-111111111111',
    domain: 'contoso.example',
    clock,
    rightsMode: 'exchangeRbac',
    people: new Map(),
    groups: new Map(),
    apps: new Map(),
    exchangeAssignments: [],
    catalog: null,
    installations: new Map(),
    exchange: createFakeExchange(() => clock.now()),
    chats: createFakeChats(() => world),
    hooks: { mailDelivered: [], activityDelivered: [], calendarChanged: [] },
    origin: 'http://127.0.0.1:4100',
    product: { botEndpoint: null, publicHost: null, loopbackOrigin: null },
  };
  return world;
}

/** Books a series as the program mailbox would: copies in three mailboxes and the invitations. */
export function bookSeries(
  world: World & { exchange: FakeExchange },
  {
    programId,
    menteeId,
    mentorId,
    first,
    count,
    everyDays = 28,
  }: {
    programId: string;
    menteeId: string;
    mentorId: string;
    first: number;
    count: number;
    everyDays?: number;
  },
): void {
  const people = [menteeId, mentorId].map((id) => world.people.get(id)!);
  const program = world.people.get(programId)!;
  for (const owner of [program, ...people]) {
    const seriesMasterId = opaqueId(40, 'master', owner.id, menteeId, first);
    const own: CalendarItem[] = Array.from({ length: count }, (_, i) => {
      const start = first + i * everyDays * DAY;
      return {
        eventId: opaqueId(40, 'occurrence', owner.id, menteeId, start),
        seriesMasterId,
        type: 'occurrence',
        iCalUId: opaqueId(40, 'ical', menteeId, start),
        originalStart: start,
        start,
        end: start + DAY / 48,
        subject: people.map(({ displayName }) => displayName).join(' / '),
        showAs: 'tentative',
        sensitivity: 'normal',
        isOrganizer: owner === program,
        isCancelled: false,
        organizerAddress: program.mail,
        attendees: people.map(({ mail, displayName }) => ({ address: mail, name: displayName, response: 'none' })),
        response: owner === program ? 'organizer' : 'notResponded',
        joinUrl: null,
        bodyHtml: '',
        tags: {},
      };
    });
    world.exchange.items.set(owner.id, [...(world.exchange.items.get(owner.id) ?? []), ...own]);
  }
  for (const { id } of people) {
    const mail: SandboxMail = {
      id: opaqueId(20, 'mail', id, first),
      at: world.clock.now(),
      fromId: programId,
      fromAddress: program.mail,
      toId: id,
      kind: 'invitation',
      subject: 'Invitation',
      eventId: opaqueId(40, 'master', id, menteeId, first),
      iCalUId: opaqueId(40, 'ical', menteeId, 'master', first),
    };
    for (const listener of world.hooks.mailDelivered) listener(mail);
  }
}
