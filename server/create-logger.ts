import pino, { type Logger } from 'pino';

/** What must never stand in a log: tokens, and what people wrote (reliability.md, hostile input 74). */
const REDACTED = ['req.headers.authorization', '*.accessToken', '*.note', '*.secret', '*.privateKeyPem'];

/** The log: JSON lines on stderr, since stdout holds results alone. `level` is one of pino's. */
export const createLogger = (level: string): Logger => pino({ level, redact: REDACTED }, pino.destination(2));
