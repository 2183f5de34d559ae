import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import { apiDocument } from '../../../core/http/api.ts';

/** What a test reads of the document. */
export interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> };
}

export interface DocumentedOperation {
  readonly operationId: string;
  readonly parameters?: readonly DocumentedParameter[];
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema: { readonly $ref: string } }>>;
  };
  readonly responses: Readonly<
    Record<
      string,
      { readonly content: Readonly<Record<string, { readonly schema: Record<string, unknown> }>> }
    >
  >;
}

export interface DocumentedParameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly schema: Readonly<Record<string, unknown>>;
  readonly example?: unknown;
}

/** The document of the API. */
export const DOCUMENT = apiDocument() as unknown as Document;

const ajv = new Ajv2020({ strict: false, allErrors: true });
ajvFormats.default(ajv);
ajv.addSchema({ $id: 'document', ...DOCUMENT });
const validators = new Map<string, ValidateFunction>();

/** Whatever of a reply is not as the document says; empty when all is. */
export async function deviations(operation: DocumentedOperation, reply: Response): Promise<string[]> {
  const documented = operation.responses[String(reply.status)];
  if (documented === undefined) return [`status ${reply.status} is not documented`];
  const mediaType = (reply.headers.get('content-type') ?? '').split(';')[0] ?? '';
  const schema = documented.content[mediaType]?.schema;
  if (schema === undefined) return [`${mediaType} is not documented for ${reply.status}`];
  const text = await reply.clone().text();
  const value: unknown = mediaType.endsWith('json') ? JSON.parse(text) : text;
  const validate = validatorOf(schema);
  return validate(value) ? [] : [ajv.errorsText(validate.errors)];
}

function validatorOf(schema: Readonly<Record<string, unknown>>): ValidateFunction {
  const key = JSON.stringify(schema);
  const known = validators.get(key);
  if (known !== undefined) return known;
  const { $ref } = schema;
  const made = ajv.compile(typeof $ref === 'string' ? { $ref: `document${$ref}` } : schema);
  validators.set(key, made);
  return made;
}

/** The operation that a request is about; undefined where the document has none. */
export function operationAt(method: string, path: string): DocumentedOperation | undefined {
  const [pathname = ''] = path.split('?');
  for (const [template, operations] of Object.entries(DOCUMENT.paths)) {
    const pattern = new RegExp(`^${template.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`);
    if (pattern.test(pathname)) return operations[method.toLowerCase()];
  }
  return undefined;
}
