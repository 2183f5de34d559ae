import * as z from 'zod';
import { SCOPES, type Caller } from '../../core/http/host.ts';
import { tokenName } from '../../core/person.ts';
import { PLAIN_LINE } from '../../core/visible-text.ts';

/** What API Gateway says of who sent a request, in version 2.0 of its event. It has checked the signature or the token. */
const requestContext = z.object({
  authorizer: z.object({
    iam: z.object({ userArn: z.string().min(1) }).nullish(),
    jwt: z.object({ claims: z.record(z.string(), z.unknown()) }).nullish(),
  }),
});

/**
 * Issuer and subject: together they identify whoever a token is for (RFC 7519, 4.1.1 and 4.1.2). A subject in which something is hidden
 * looks like that of somebody else.
 */
const identity = z.object({
  iss: z
    .string()
    .regex(/^https?:\/\/[^\s#]+$/)
    .regex(PLAIN_LINE),
  sub: z.string().min(1).regex(PLAIN_LINE),
});

/**
 * Who sent a request; undefined when API Gateway does not say.
 *
 * Whom IAM lets in may do what its policies allow, by method and path, so here has every scope. A token has the scopes that
 * its claims `scope` and `scp` list.
 *
 * @param context `requestContext` of the event.
 * @param scopePrefix what the scopes in tokens begin with, for example `lifeboat/`.
 */
export function apiCaller(context: unknown, scopePrefix: string): Caller | undefined {
  const read = requestContext.safeParse(context);
  if (!read.success) return undefined;
  const { iam, jwt } = read.data.authorizer;
  if (iam) return { who: withoutSession(iam.userArn), scopes: SCOPES };
  const claims = jwt?.claims ?? {};
  const known = identity.safeParse(claims);
  if (!known.success) return undefined;
  const granted = new Set([...scopesIn(claims.scope), ...scopesIn(claims.scp)]);
  return {
    who: tokenName(known.data.iss, known.data.sub),
    scopes: SCOPES.filter((name) => granted.has(scopePrefix + name)),
  };
}

/**
 * The scopes of a claim: a text with spaces between them (RFC 8693, 4.2), or a list. API Gateway hands a list on as the text
 * `[one two]`.
 */
function scopesIn(claim: unknown): string[] {
  if (Array.isArray(claim)) return claim.filter((one): one is string => typeof one === 'string');
  if (typeof claim !== 'string') return [];
  const listed = /^\[(.*)\]$/s.exec(claim.trim())?.[1];
  return (listed ?? claim).split(/[\s,]+/).map((one) => (listed === undefined ? one : unquoted(one)));
}

function unquoted(text: string): string {
  return /^"(.*)"$/s.exec(text)?.[1] ?? text;
}

/**
 * The ARN of a caller; of an ordinary role without its session, whose name whoever takes the role chooses. Only in IAM
 * Identity Center does the session tell who it is.
 */
function withoutSession(arn: string): string {
  const [, role, name] = /^(arn:[^:]*:sts::\d*:assumed-role\/([^/]+))\/.+$/s.exec(arn) ?? [];
  return role === undefined || name?.startsWith('AWSReservedSSO_') === true ? arn : role;
}
