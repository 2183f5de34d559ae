import { openApiDocument } from '../../core/http/openapi.ts';
import { documentRoute } from '../../core/http/routes/document.ts';
import { ROUTES } from '../../core/http/routes.ts';
import type { GeneratedFile } from './generated-file.ts';

/** The OpenAPI document of the HTTP API, which it serves as well. */
export const openApi: GeneratedFile = {
  path: 'docs/reference/openapi.json',
  content: () => `${JSON.stringify(openApiDocument([...ROUTES, documentRoute(ROUTES)]), null, 2)}\n`,
};
