import type { SandboxReply } from '../http.ts';

/** A call that the Bot Connector refuses. */
export class ConnectorRefusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Record<string, string>;

  constructor(status: number, code: string, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.name = 'ConnectorRefusal';
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

/** 403 that Teams gives for a chat which the person blocked, or from which the app was taken away. */
export class WritesBlocked extends ConnectorRefusal {
  constructor() {
    super(403, 'MessageWritesBlocked', 'Thread is blocked from message writes.');
    this.name = 'WritesBlocked';
  }
}

/** The reply that a refusal becomes; blocked chats have a form of their own, with JSON inside a text. */
export function refusalReply(refusal: ConnectorRefusal): SandboxReply {
  const { status, code, message, headers } = refusal;
  if (refusal instanceof WritesBlocked) {
    const inner = { subCode: code, details: message, errorCode: null, errorSubCode: null };
    return { status, headers, body: { errorCode: 209, message: JSON.stringify(inner, null, 2) } };
  }
  return { status, headers, body: { error: { code, message } } };
}
