/** What happened to a calendar item. */
export type ChangeType = 'created' | 'updated' | 'deleted';

/** A subscription to the events of one mailbox. Plain data: it is saved as JSON. */
export interface StoredSubscription {
  id: string;
  clientId: string;
  creatorId: string;
  ownerId: string;
  /** As the client wrote it. */
  resource: string;
  changeType: string;
  changeTypes: ChangeType[];
  notificationUrl: string;
  lifecycleNotificationUrl: string | null;
  clientState: string | null;
  latestSupportedTlsVersion: string;
  expiresAt: number;
  /** Created with `Prefer: IdType="ImmutableId"`: notifications carry immutable ids. */
  immutableIds: boolean;
}

/** One item of a notification or lifecycle POST. */
export type NotificationItem = Record<string, unknown>;

/** What `lifecycleNotificationUrl` hears of. */
export type LifecycleEvent = 'reauthorizationRequired' | 'subscriptionRemoved' | 'missed';

/** A POST to the product that waits for its instant. Plain data. */
export interface WaitingPost {
  url: string;
  at: number;
  /** When it was tried first; null before. */
  firstTriedAt: number | null;
  attempt: number;
  items: NotificationItem[];
}

/** All subscriptions and what is under way for them. */
export interface SavedSubscriptions {
  subscriptions: StoredSubscription[];
  waiting: WaitingPost[];
}
