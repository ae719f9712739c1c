import { errors, jwtVerify, type JWTPayload } from 'jose';
import type { PersonId, TenantId } from '../domain/people/person.ts';
import { HOUR, type Instant } from '../domain/time/instant.ts';
import type { Clock } from '../ports.ts';
import { activity, type Activity } from './activity.ts';
import { createSigningKeys, type KeyLookup, type SigningKey } from './signing-keys.ts';

export interface IncomingOptions {
  /** Where the Bot Connector's OpenID metadata is. */
  openIdUrl: string;
  appId: string;
  allowedTenants: readonly string[];
  isAllowedServiceUrl: (url: string) => boolean;
  clock: Clock;
}

/** Who speaks and where, as the Bot Connector vouches for it. Nothing else in an activity says who somebody is. */
export interface Verified {
  tenantId: TenantId;
  /** Null: not a person of the directory (events of the channel itself). */
  personId: PersonId | null;
  /** One person alone with the bot; only there the bot speaks. */
  isPersonal: boolean;
  conversationId: string;
  serviceUrl: string;
  activityId: string | null;
  /** The message whose card was used. */
  replyToId: string | null;
  /** The client's language tag. */
  locale: string | null;
  /** The client's time zone, IANA. */
  timeZone: string | null;
}

/** `reason` is for the log; the reply carries the status and nothing else. */
export type IncomingResult =
  { ok: true; verified: Verified; activity: Activity } | { ok: false; status: 400 | 401 | 403 | 503; reason: string };

const ISSUER = 'https://api.botframework.com';
const CHANNEL = 'msteams';
const TOLERANCE_SECONDS = 300;
/** Tokens of the Bot Connector live an hour; one that claims more than a day is none of them. */
const LONGEST_LIFE_SECONDS = (24 * HOUR) / 1_000;
const LONGEST_TOKEN = 16_384;
const LONGEST_KEY_ID = 256;
const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * Checks that a request to the bot comes from the Bot Connector and is meant for us (platform.md 6.2 and A13): an RS256
 * token of its issuer for our app, in time by our clock, signed with a key endorsed for Teams, bound to the activity's
 * service URL, which must be one we would send our own token to, and from a tenant that we serve (else 403).
 * `authorization` is the one Authorization header.
 */
export function createIncomingCheck(
  options: IncomingOptions,
): (authorization: string | undefined, body: unknown) => Promise<IncomingResult> {
  const findKey = createSigningKeys(options);
  const tenants = new Set(options.allowedTenants.map((tenant) => tenant.toLowerCase()));
  return async (authorization, body) => {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(
      authorization !== undefined && authorization.length <= LONGEST_TOKEN ? authorization : '',
    )?.[1];
    if (token === undefined) return refuse(401, 'no bearer token');
    const checked = await checkToken(token, options, findKey);
    if (!checked.ok) return checked;
    const parsed = activity.safeParse(body);
    if (!parsed.success) return refuse(400, `activity: ${parsed.error.issues[0]?.path.join('.') ?? ''}`);
    return checkActivity(parsed.data, checked, options, tenants);
  };
}

const refuse = (status: 400 | 401 | 403 | 503, reason: string) => ({ ok: false, status, reason }) as const;

type CheckedToken = { ok: true; payload: JWTPayload; key: SigningKey } | ReturnType<typeof refuse>;

async function checkToken(
  token: string,
  { appId, clock }: IncomingOptions,
  findKey: (kid: string) => Promise<KeyLookup>,
): Promise<CheckedToken> {
  let looked: KeyLookup = 'unknown';
  try {
    const { payload } = await jwtVerify(
      token,
      async ({ kid }) => {
        if (typeof kid !== 'string' || kid === '' || kid.length > LONGEST_KEY_ID) throw new errors.JWKSNoMatchingKey();
        looked = await findKey(kid);
        if (typeof looked === 'string') throw new errors.JWKSNoMatchingKey();
        return looked.key;
      },
      {
        algorithms: ['RS256'],
        issuer: ISSUER,
        audience: appId,
        clockTolerance: TOLERANCE_SECONDS,
        requiredClaims: ['exp', 'iat'],
        currentDate: new Date(clock.now()),
      },
    );
    const fault = findTimeFault(payload, clock.now());
    if (fault !== null) return refuse(401, fault);
    if (typeof payload.aud !== 'string') return refuse(401, 'audience is a list');
    return { ok: true, payload, key: looked as unknown as SigningKey };
  } catch (error) {
    if ((looked as KeyLookup) === 'unavailable') return refuse(503, 'no signing keys');
    return refuse(401, error instanceof errors.JOSEError ? error.code : 'token');
  }
}

/** What jose leaves open: an end far away, and a token from the future. */
function findTimeFault({ exp, iat }: JWTPayload, now: Instant): string | null {
  const seconds = now / 1_000;
  if (!Number.isSafeInteger(exp) || !Number.isSafeInteger(iat)) return 'exp or iat is not a whole number';
  if (Number(exp) > seconds + LONGEST_LIFE_SECONDS) return 'exp too far away';
  if (Number(iat) > seconds + TOLERANCE_SECONDS) return 'iat in the future';
  return null;
}

function checkActivity(
  given: Activity,
  { payload, key }: { payload: JWTPayload; key: SigningKey },
  { isAllowedServiceUrl }: IncomingOptions,
  tenants: ReadonlySet<string>,
): IncomingResult {
  const claimed = payload['serviceurl'];
  const same = (url: string) => url.replace(/\/$/, '').toLowerCase();
  if (typeof claimed !== 'string' || same(claimed) !== same(given.serviceUrl)) return refuse(401, 'serviceurl');
  if (!isAllowedServiceUrl(given.serviceUrl)) return refuse(401, 'service host');
  if (given.channelId !== CHANNEL) return refuse(401, 'channel');
  if (!key.endorsements.includes(CHANNEL)) return refuse(401, 'key not endorsed');
  const tenantId = given.conversation.tenantId?.toLowerCase();
  const other = given.channelData?.tenant?.id?.toLowerCase();
  const tenant = tenantId ?? other;
  if (tenant === undefined || (other !== undefined && other !== tenant) || !tenants.has(tenant))
    return refuse(403, 'tenant');
  const personId = given.from?.aadObjectId?.toLowerCase();
  return {
    ok: true,
    activity: given,
    verified: {
      tenantId: tenant as TenantId,
      personId: personId !== undefined && GUID.test(personId) ? (personId as PersonId) : null,
      isPersonal: given.conversation.conversationType === 'personal',
      conversationId: given.conversation.id,
      serviceUrl: given.serviceUrl,
      activityId: given.id ?? null,
      replyToId: given.replyToId ?? null,
      locale: given.locale ?? null,
      timeZone: given.localTimezone ?? null,
    },
  };
}
