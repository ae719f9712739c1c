/** What is to be stored: about one subject each, of which a group holds at most one thing at a time. */
export interface GroupedStore<K, T, R> {
  /**
   * Stores several things of one owner in ONE transaction; gives an outcome for each, in their order, once it is committed.
   * What is refused is an outcome of its own. Rejects when nothing was stored.
   */
  store: (owner: K, items: readonly T[]) => Promise<PromiseSettledResult<R>[]>;
  subjectOf: (item: T) => string;
}

/** In one transaction: enough that its fixed cost is small beside the rest, few enough that nobody waits long for the others. */
const MOST_TOGETHER = 50;
/** Groups of an owner at once: while one is on its way to the disk the next is being read. */
const MOST_GROUPS = 2;

interface Waiting<T, R> {
  item: T;
  subject: string;
  resolve: (value: R) => void;
  reject: (reason: unknown) => void;
}

/** What of one owner waits, how many groups are being stored, and what they are about. */
interface Lane<T, R> {
  waiting: Waiting<T, R>[];
  groups: number;
  subjects: Set<string>;
}

/**
 * Stores what comes at the same time together: many small transactions cost mostly their ways to the database and their
 * commits. Whatever comes while nothing of its owner is being stored goes at once; the rest waits for the next group.
 * Resolves, or rejects, only when the transaction has ended. Two things about one subject are stored one after the other, in
 * the order in which they came. Where a group fails, each of it is done again in a transaction of its own, so that one thing
 * that cannot be stored hurts nothing else: storing something again must do no harm.
 */
export function storeTogether<K, T, R>({ store, subjectOf }: GroupedStore<K, T, R>): (owner: K, item: T) => Promise<R> {
  const lanes = new Map<K, Lane<T, R>>();

  const storeGroup = async (owner: K, group: readonly Waiting<T, R>[]): Promise<void> => {
    let outcomes: PromiseSettledResult<R>[];
    try {
      outcomes = await store(
        owner,
        group.map(({ item }) => item),
      );
    } catch (error) {
      if (group.length === 1) group[0]!.reject(error);
      else await Promise.all(group.map((one) => storeGroup(owner, [one])));
      return;
    }
    group.forEach(({ resolve, reject }, index) => {
      const outcome = outcomes[index]!;
      if (outcome.status === 'fulfilled') resolve(outcome.value);
      else reject(outcome.reason);
    });
  };

  const startGroups = (owner: K, lane: Lane<T, R>): void => {
    while (lane.groups < MOST_GROUPS) {
      const group = takeGroup(lane);
      if (group.length === 0) break;
      lane.groups++;
      void storeGroup(owner, group).then(() => {
        lane.groups--;
        for (const { subject } of group) lane.subjects.delete(subject);
        startGroups(owner, lane);
      });
    }
    if (lane.groups === 0) lanes.delete(owner);
  };

  return (owner, item) =>
    new Promise((resolve, reject) => {
      const lane = lanes.get(owner) ?? { waiting: [], groups: 0, subjects: new Set() };
      lanes.set(owner, lane);
      lane.waiting.push({ item, subject: subjectOf(item), resolve, reject });
      startGroups(owner, lane);
    });
}

/** Takes the next group, the longest waiting first, about subjects of which nothing is being stored. */
function takeGroup<T, R>(lane: Lane<T, R>): Waiting<T, R>[] {
  const group: Waiting<T, R>[] = [];
  lane.waiting = lane.waiting.filter((one) => {
    if (group.length === MOST_TOGETHER || lane.subjects.has(one.subject)) return true;
    lane.subjects.add(one.subject);
    group.push(one);
    return false;
  });
  return group;
}
