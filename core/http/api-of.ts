import { Hono, type Context, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { failureResponse, goodResponse, problemResponse } from './answers.ts';
import { isCanonicalPath } from './canonical-path.ts';
import type { Caller, HttpHost } from './host.ts';
import { problem } from './problems.ts';
import { readBody } from './read-body.ts';
import type { Route } from './route.ts';

/** Most bytes that a body may have. */
export const MAX_BODY_BYTES = 256 * 1024;

/** What is known of a request once its sender is. */
interface Known {
  readonly Variables: { readonly caller: Caller };
}

/** What an API answers requests with. */
export type Api = Hono<Known>;

/**
 * The HTTP API, or a part of it. It knows nothing of where it is served: see {@link HttpHost}.
 *
 * @param elsewhere routes that somebody else answers: what they do not take is not taken here either.
 */
export function apiOf(
  routes: readonly Route[],
  host: HttpHost,
  elsewhere: readonly Pick<Route, 'method' | 'path'>[] = [],
): Api {
  const api = new Hono<Known>();
  api.use('*', signIn(host));
  api.use('*', onlyCanonical(host));
  for (const route of routes) {
    const limits = route.body === undefined ? [] : [LIMIT];
    api.on(route.method, honoPath(route.path), mayDo(route), ...limits, (context) =>
      answer(route, context, host),
    );
  }
  for (const [path, allow] of methodsOf([...routes, ...elsewhere])) {
    api.all(honoPath(path), () =>
      problemResponse(problem('method-not-allowed', `This address takes ${allow}.`), { allow }),
    );
  }
  api.notFound(() =>
    problemResponse(problem('not-found', 'The API has no such address.', { next: 'See GET /openapi.json' })),
  );
  api.onError((error) => failureResponse(error, host));
  return api;
}

/** Lets nobody in whom the host does not know, also not to what is not there. */
function signIn(host: HttpHost): MiddlewareHandler<Known> {
  return async (context, next) => {
    const caller = await host.caller(context.req.raw, context.env);
    if (caller === undefined) {
      return problemResponse(
        problem('not-signed-in', 'The request has no credentials, or they are wrong or expired.'),
      );
    }
    context.set('caller', caller);
    return next();
  };
}

/** Lets no path through that leads to another route than it seems to. */
function onlyCanonical({ rawPath }: HttpHost): MiddlewareHandler<Known> {
  return ({ req, env }, next) => {
    if (isCanonicalPath(rawPath?.(env) ?? new URL(req.url).pathname)) return next();
    const message = 'is not written in the form that the document has: no %, no empty segment, no . or ..';
    const fields = [{ field: 'path', message }];
    return Promise.resolve(problemResponse(problem('bad-request', `The path ${message}.`, { fields })));
  };
}

/** Before the body is read. */
function mayDo({ scope }: Route): MiddlewareHandler<Known> {
  return (context, next) =>
    context.get('caller').scopes.includes(scope)
      ? next()
      : Promise.resolve(problemResponse(problem('scope-missing', `This takes the scope ${scope}.`)));
}

const LIMIT = bodyLimit({
  maxSize: MAX_BODY_BYTES,
  onError: () => problemResponse(problem('body-too-large', `A body may have up to ${MAX_BODY_BYTES} bytes.`)),
});

async function answer(route: Route, context: Context<Known>, host: HttpHost): Promise<Response> {
  const { raw, url } = context.req;
  const request = {
    caller: context.get('caller'),
    params: context.req.param() as Record<string, string>,
    query: queryOf(url),
    headers: Object.fromEntries(raw.headers),
    body: route.body === undefined ? undefined : await readBody(raw),
  };
  return goodResponse(route, await route.answer(request, host));
}

/** The parameters of a query; a name that comes again has a list of values, which no route takes. */
function queryOf(url: string): Record<string, string | readonly string[]> {
  const query = new URL(url).searchParams;
  return Object.fromEntries(
    [...new Set(query.keys())].map((name) => {
      const [value = '', ...more] = query.getAll(name);
      return [name, more.length === 0 ? value : [value, ...more]];
    }),
  );
}

/** `{name}` of OpenAPI is `:name` to Hono. */
function honoPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1');
}

/** What each path takes, as the header Allow lists it. */
function methodsOf(routes: readonly Pick<Route, 'method' | 'path'>[]): Map<string, string> {
  const paths = new Map<string, string>();
  for (const { path, method } of routes) {
    const methods = method === 'GET' ? 'GET, HEAD' : method;
    const before = paths.get(path);
    paths.set(path, before === undefined ? methods : `${before}, ${methods}`);
  }
  return paths;
}
