/** A call that Graph refuses: status, `error.code` and `error.message` as Graph words them, and further reply headers. */
export class GraphRefusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Record<string, string>;

  constructor(status: number, code: string, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.name = 'GraphRefusal';
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

/** 400 for a request that cannot be understood. */
export const badRequest = (message: string): GraphRefusal => new GraphRefusal(400, 'BadRequest', message);

/** 400 for a query that the directory does not serve, at least not without `ConsistencyLevel: eventual`. */
export const unsupportedQuery = (message: string): GraphRefusal =>
  new GraphRefusal(400, 'Request_UnsupportedQuery', message);

/** 403 of the directory. */
export const requestDenied = (): GraphRefusal =>
  new GraphRefusal(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.');

/** 403 of Exchange: the application has no right on this mailbox. */
export const mailboxDenied = (): GraphRefusal =>
  new GraphRefusal(403, 'ErrorAccessDenied', 'Access is denied. Check credentials and try again.');

/** 404 of the directory for an object (by its id, or by the name of a reference such as `manager`). */
export const notFound = (id: string): GraphRefusal =>
  new GraphRefusal(
    404,
    'Request_ResourceNotFound',
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  );

/** 404 for a mailbox that is on-premises, unlicensed or gone. */
export const mailboxNotEnabled = (): GraphRefusal =>
  new GraphRefusal(
    404,
    'MailboxNotEnabledForRESTAPI',
    'The mailbox is either inactive, soft-deleted, or is hosted on-premise.',
  );

/** 405. */
export const methodNotAllowed = (): GraphRefusal =>
  new GraphRefusal(405, 'Request_BadRequest', 'Specified HTTP method is not allowed for the request target.');
