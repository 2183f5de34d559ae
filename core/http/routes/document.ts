import { defineRoute } from '../define-route.ts';
import { openApiDocument } from '../openapi.ts';
import type { Route } from '../route.ts';

/** `GET /openapi.json`: the document that describes these routes, and itself. */
export function documentRoute(others: readonly Route[]): Route {
  const route: Route = defineRoute(
    {
      method: 'GET',
      path: '/openapi.json',
      operationId: 'getDocument',
      summary: 'Describe this API',
      description: 'Gives the OpenAPI document of this API.',
      scope: 'read',
      answers: { 200: { description: 'An OpenAPI 3.1 document' } },
      problems: [],
    },
    () => Promise.resolve({ status: 200, body: openApiDocument([...others, route]) }),
  );
  return route;
}
