import { apiOf, type Api } from './api-of.ts';
import type { HttpHost } from './host.ts';
import { openApiDocument } from './openapi.ts';
import { documentRoute } from './routes/document.ts';
import { ROUTES } from './routes.ts';

const DOCUMENT = documentRoute(apiDocument);

/** The whole HTTP API. */
export function createApi(host: HttpHost): Api {
  return apiOf([...ROUTES, DOCUMENT], host);
}

/** The OpenAPI document of the whole HTTP API. */
export function apiDocument(): ReturnType<typeof openApiDocument> {
  return openApiDocument([...ROUTES, DOCUMENT]);
}
