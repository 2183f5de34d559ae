import { defineRoute } from '../define-route.ts';
import type { Route } from '../route.ts';

/** `GET /openapi.json`: the document that describes all routes, this one included. */
export function documentRoute(document: () => unknown): Route {
  return defineRoute(
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
    () => Promise.resolve({ status: 200, body: document() }),
  );
}
