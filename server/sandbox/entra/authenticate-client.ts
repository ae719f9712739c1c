import { createHash, timingSafeEqual, X509Certificate } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, errors, jwtVerify, type JWTPayload } from 'jose';
import type { EntraApp, World } from '../world.ts';
import { EntraFailure } from './failure.ts';

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
/** Clocks of clients may differ from Entra's by this much. */
const TOLERANCE_SECONDS = 300;

const invalidClient = (code: number, message: string): EntraFailure =>
  new EntraFailure(code, 'invalid_client', message, { status: 401 });

const isSame = (a: string, b: string): boolean => {
  const [left, right] = [a, b].map((text) => createHash('sha256').update(text).digest()) as [Buffer, Buffer];
  return timingSafeEqual(left, right);
};

/** The registered certificate that an assertion's header names, by SHA-256 or SHA-1 thumbprint. */
function namedCertificate(app: EntraApp, header: { x5t?: unknown; 'x5t#S256'?: unknown }): X509Certificate | undefined {
  return app.certificates
    .map((pem) => new X509Certificate(pem))
    .find(({ raw }) => {
      const thumbprint = (algorithm: string): string => createHash(algorithm).update(raw).digest('base64url');
      return header['x5t#S256'] === thumbprint('sha256') || header.x5t === thumbprint('sha1');
    });
}

/**
 * The clock by which to judge an assertion: the sandbox's, or the machine's where the assertion holds by that alone.
 * Libraries date the assertions they make by the machine's clock, which nobody can hand another one.
 */
function dateOf({ clock }: World, { exp = 0, nbf = 0 }: JWTPayload): number {
  const holds = (now: number): boolean => nbf - TOLERANCE_SECONDS <= now / 1000 && now / 1000 < exp + TOLERANCE_SECONDS;
  const real = Date.now();
  return !holds(clock.now()) && holds(real) ? real : clock.now();
}

async function checkAssertion(world: World, app: EntraApp, assertion: string): Promise<void> {
  const refuse = (reason: string): EntraFailure =>
    invalidClient(
      700027,
      `The certificate with identifier used to sign the client assertion is not registered on application, or the key was not valid. [Reason - ${reason}]`,
    );
  let header: ReturnType<typeof decodeProtectedHeader>;
  let claims: JWTPayload;
  try {
    header = decodeProtectedHeader(assertion);
    claims = decodeJwt(assertion);
  } catch {
    throw invalidClient(50027, 'JWT token is invalid or malformed.');
  }
  const certificate = namedCertificate(app, header);
  if (!certificate) throw refuse('The key was not found.');
  const now = dateOf(world, claims);
  if (now < Date.parse(certificate.validFrom) || now > Date.parse(certificate.validTo)) {
    throw refuse('The key used is expired.');
  }
  const hosts = [`https://login.microsoftonline.com/${world.tenantId}`, `${world.origin}/${world.tenantId}`];
  try {
    await jwtVerify(assertion, certificate.publicKey, {
      algorithms: ['PS256', 'RS256'],
      subject: app.clientId,
      issuer: app.clientId,
      audience: hosts.flatMap((host) => [`${host}/oauth2/v2.0/token`, `${host}/v2.0`, `${host}/`]),
      currentDate: new Date(now),
      clockTolerance: TOLERANCE_SECONDS,
      requiredClaims: ['exp', 'jti'],
    });
  } catch (error) {
    if (error instanceof errors.JWSSignatureVerificationFailed)
      throw refuse('The key used to sign could not be verified.');
    if (error instanceof errors.JWTExpired) {
      throw invalidClient(700024, 'Client assertion is not within its valid time range.');
    }
    if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'aud') {
      throw invalidClient(
        700023,
        `Client assertion audience claim does not match Realm issuer. Review the documentation at https://docs.microsoft.com/azure/active-directory/develop/active-directory-certificate-credentials.`,
      );
    }
    throw invalidClient(
      700021,
      "Client assertion application identifier doesn't match 'client_id' parameter, or a claim is missing.",
    );
  }
}

/**
 * Proves that the caller is the confidential client: by secret or by a signed assertion. Gives which of the two. Throws
 * AADSTS7000218 (neither), 7000215 (wrong secret), 700027 (unknown or wrong key), 700023, 700024, 700021, 50027.
 */
export async function authenticateClient(
  world: World,
  app: EntraApp,
  form: URLSearchParams,
): Promise<'secret' | 'certificate'> {
  const assertion = form.get('client_assertion');
  if (assertion !== null) {
    if (form.get('client_assertion_type') !== ASSERTION_TYPE) {
      throw new EntraFailure(50027, 'invalid_request', `The client_assertion_type must be '${ASSERTION_TYPE}'.`);
    }
    await checkAssertion(world, app, assertion);
    return 'certificate';
  }
  const secret = form.get('client_secret');
  if (secret === null) {
    throw invalidClient(
      7000218,
      "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
    );
  }
  if (app.secret === null || !isSame(secret, app.secret)) {
    throw invalidClient(
      7000215,
      `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${app.clientId}'.`,
    );
  }
  return 'secret';
}
