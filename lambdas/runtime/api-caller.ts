import * as z from 'zod';
import { SCOPES, type Caller } from '../../core/http/host.ts';

/** What API Gateway says of who sent a request, in version 2.0 of its event. It has checked the signature or the token. */
const requestContext = z.object({
  authorizer: z.object({
    iam: z.object({ userArn: z.string().min(1) }).nullish(),
    jwt: z.object({ claims: z.record(z.string(), z.unknown()) }).nullish(),
  }),
});

/**
 * Who sent a request; undefined when API Gateway does not say.
 *
 * Whom IAM lets in may do what its policies allow, by method and path, so here has every scope. A token has the scopes that
 * its `scope` claim lists.
 *
 * @param context `requestContext` of the event.
 * @param scopePrefix what the scopes in tokens begin with, for example `lifeboat/`.
 */
export function apiCaller(context: unknown, scopePrefix: string): Caller | undefined {
  const read = requestContext.safeParse(context);
  if (!read.success) return undefined;
  const { iam, jwt } = read.data.authorizer;
  if (iam) return { who: identityOf(iam.userArn), scopes: SCOPES };
  const { sub, scope } = jwt?.claims ?? {};
  if (typeof sub !== 'string' || sub === '') return undefined;
  const granted = new Set(typeof scope === 'string' ? scope.split(' ') : []);
  return { who: sub, scopes: SCOPES.filter((name) => granted.has(scopePrefix + name)) };
}

/**
 * The name of an IAM identity. Whoever may take a role chooses the name of the session, and could approve under a second one
 * what they started under the first; so the role is the name. Only in IAM Identity Center is the session the person.
 */
function identityOf(arn: string): string {
  const assumed = /^(arn:[^:]*:sts::\d*:assumed-role\/([^/]+))\/.+$/.exec(arn);
  if (assumed === null || assumed[2]?.startsWith('AWSReservedSSO_') === true) return arn;
  return assumed[1] ?? arn;
}
