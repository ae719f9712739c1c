import type { FaultStage } from './stage.ts';

/** The watched program mailbox's subscription, as Graph holds it. */
export function subscriptionOf(stage: FaultStage): { id: string; clientState: string | null; expiresAt: number } {
  const own = stage.sandbox.graph.subscriptions.list().filter(({ ownerId }) => ownerId === stage.mailboxId);
  if (own.length !== 1) throw new Error(`the mailbox has ${own.length} subscriptions`);
  return own[0]!;
}

/** One item as Graph sends it, right secret included. */
export function noticeOf(
  stage: FaultStage,
  changeType: 'created' | 'updated' | 'deleted',
  eventId: string,
): Record<string, unknown> {
  const { id, clientState, expiresAt } = subscriptionOf(stage);
  const resource = `Users/${stage.mailboxId}/Events/${eventId}`;
  return {
    subscriptionId: id,
    subscriptionExpirationDateTime: new Date(expiresAt).toISOString(),
    clientState,
    changeType,
    resource,
    tenantId: stage.tenantId,
    resourceData: {
      '@odata.type': '#Microsoft.Graph.Event',
      '@odata.id': resource,
      '@odata.etag': 'W/"x"',
      id: eventId,
    },
  };
}

/** Says something about the subscription itself, whatever Graph thinks of it. */
export function lifecycleNoticeOf(stage: FaultStage, secret: { id: string; clientState: string | null }): object {
  return {
    subscriptionId: secret.id,
    subscriptionExpirationDateTime: new Date(stage.clock.now()).toISOString(),
    tenantId: stage.tenantId,
    clientState: secret.clientState,
    lifecycleEvent: 'reauthorizationRequired',
  };
}

/** Posts items to the product as Graph does; gives the status. */
export async function postNotices(
  stage: FaultStage,
  value: readonly object[],
  kind: 'notifications' | 'lifecycle' = 'notifications',
): Promise<number> {
  const reply = await fetch(`${stage.origin()}/graph/${kind}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ value }),
  });
  return reply.status;
}
