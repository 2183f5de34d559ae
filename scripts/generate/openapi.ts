import { apiDocument } from '../../core/http/api.ts';
import type { GeneratedFile } from './generated-file.ts';

/** The OpenAPI document of the HTTP API, which it serves as well. */
export const openApi: GeneratedFile = {
  path: 'docs/reference/openapi.json',
  content: () => `${JSON.stringify(apiDocument(), null, 2)}\n`,
};
