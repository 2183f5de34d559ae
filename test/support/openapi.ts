import { existsSync, readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';

const FILE = new URL('../../../shared/atlas/openapi.json', import.meta.url);

/** Whether MongoDB's OpenAPI document is at hand; it is not part of a clone. */
export const openapiPresent = existsSync(FILE);

type Json = Record<string, unknown>;

interface Described {
  readonly requestBody?: unknown;
  readonly responses: Readonly<Record<string, { content?: Record<string, { schema?: unknown }> }>>;
}

const NAMESPACE = 'openapi';
let loaded: { readonly ajv: Ajv; readonly operations: ReadonlyMap<string, Described> } | undefined;
const validators = new Map<string, ValidateFunction>();

/**
 * What is wrong with a reply by the OpenAPI document; empty when nothing is.
 *
 * @param version of the resource, `YYYY-MM-DD`; the newest by default.
 */
export function validateReply(
  operationId: string,
  status: number,
  body: unknown,
  version?: string,
): string[] {
  if (status >= 400) return problems('error', { $ref: '#/components/schemas/ApiError' }, body);
  const content = described(operationId).responses[String(status)]?.content;
  if (!content) return [`${operationId} documents no ${status}`];
  const wanted =
    version === undefined ? Object.keys(content).sort().at(-1) : `application/vnd.atlas.${version}+json`;
  const media = content[wanted ?? ''];
  if (!media) return [`${operationId} documents no ${wanted ?? 'content'}`];
  if (media.schema === undefined) return body === undefined ? [] : ['a body where none is documented'];
  return problems(`${operationId}/${status}/${wanted ?? ''}`, media.schema, body);
}

/** What is wrong with the body of a request by the OpenAPI document; empty when nothing is. */
export function validateRequest(operationId: string, body: unknown): string[] {
  const request = described(operationId).requestBody as
    { content?: Record<string, { schema?: unknown }> } | undefined;
  const schema = Object.values(request?.content ?? {}).at(-1)?.schema;
  if (schema === undefined) return body === undefined ? [] : ['a body where none is documented'];
  return problems(`${operationId}/request`, schema, body);
}

function described(operationId: string): Described {
  const found = document().operations.get(operationId);
  if (!found) throw new Error(`The OpenAPI document has no ${operationId}.`);
  return found;
}

function problems(key: string, schema: unknown, value: unknown): string[] {
  const known = validators.get(key);
  const validate = known ?? document().ajv.compile(converted(schema) as Json);
  validators.set(key, validate);
  if (validate(value)) return [];
  return (validate.errors ?? []).map(
    (error) => `${error.instancePath || '/'} ${error.message ?? error.keyword}`,
  );
}

function document(): NonNullable<typeof loaded> {
  loaded ??= load();
  return loaded;
}

interface OperationNames {
  readonly operationId?: string;
  readonly 'x-xgen-operation-id-override'?: string;
}

function load(): NonNullable<typeof loaded> {
  const file = JSON.parse(readFileSync(FILE, 'utf8')) as {
    paths: Record<string, Record<string, Described & OperationNames>>;
    components: { schemas: Record<string, Json> };
  };
  const ajv = new Ajv({ strict: false, allErrors: true, code: { regExp: tolerantRegExp } });
  formats.default(ajv);
  const schemas = withKnownDifferences(file.components.schemas);
  ajv.addSchema({ $id: NAMESPACE, components: { schemas: convertedComponents(schemas) } });
  const operations = new Map<string, Described>();
  for (const operation of Object.values(file.paths).flatMap((path) => Object.values(path))) {
    // MongoDB's own tools know an operation by the shorter name where it has one.
    const name = operation['x-xgen-operation-id-override'] ?? operation.operationId;
    if (name !== undefined) operations.set(name, operation);
  }
  return { ajv, operations };
}

/** Some patterns need the `u` flag and some are not valid with it. */
const tolerantRegExp = Object.assign(
  (pattern: string) => {
    try {
      return new RegExp(pattern, 'u');
    } catch {
      return new RegExp(pattern);
    }
  },
  { code: 'new RegExp' },
);

/** Where real replies are known to differ from the document. */
function withKnownDifferences(schemas: Record<string, Json>): Record<string, Json> {
  const patched = structuredClone(schemas);
  for (const schema of Object.values(patched)) {
    const properties = (schema.properties ?? {}) as Record<string, Json>;
    // An on-demand snapshot says `ondemand`, which is not in the list.
    if (properties.frequencyType) delete properties.frequencyType.enum;
  }
  // A job without a point in time has a timestamp of nulls, and the minimum of its increment is a date's.
  patched.ApiBSONTimestampView = { type: 'object' };
  // A cluster without a BI connector prefers `secondary`, which is not in the list.
  const connector = patched.BiConnector?.properties as Record<string, Json> | undefined;
  if (connector) connector.readPreference = { type: 'string' };
  const fields = (name: string) => (patched[name]?.properties ?? {}) as Record<string, Json>;
  // The page has it as a CIDR block; the pattern leaves the length of the prefix out.
  const block = fields('AwsNetworkPeeringConnectionSettings').routeTableCidrBlock;
  if (block) delete block.pattern;
  // The n-gram tokenizer is chosen by its own name, and then asked to bear another's.
  const tokenizer = fields('tokenizernGram').type;
  if (tokenizer) tokenizer.enum = ['nGram'];
  // "An object of objects" means any document: a vector's definition holds texts and numbers.
  if (patched.BasicDBObject) patched.BasicDBObject = { type: 'object' };
  const mapped = fields('ApiAtlasFTSMappingsViewManual').fields;
  if (mapped) mapped.additionalProperties = {};
  // Described as a flag or an object.
  const stored = fields('ClusterSearchIndex').storedSource;
  if (stored) delete stored.type;
  // Strings and null stand where objects are documented.
  const parameters = (patched.ApiError?.properties as Record<string, Json> | undefined)?.parameters;
  if (parameters) Object.assign(parameters, { items: {}, nullable: true });
  return patched;
}

/**
 * A base with a discriminator, whose children extend it, would never end: `NameBase` is the base alone, children
 * extend that, and the base itself becomes a choice by the discriminating value.
 */
function convertedComponents(schemas: Record<string, Json>): Record<string, unknown> {
  const bases = new Set(Object.keys(schemas).filter((name) => schemas[name]?.discriminator !== undefined));
  const components: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(schemas)) {
    if (bases.has(name)) {
      const base = { ...schema };
      delete base.oneOf;
      components[`${name}Base`] = converted(base);
      components[name] = chosenBy(schema.discriminator as Discriminator);
    } else {
      components[name] = converted(
        schema.allOf === undefined ? schema : { ...schema, allOf: cutLoop(schema.allOf, bases) },
      );
    }
  }
  return components;
}

interface Discriminator {
  readonly propertyName: string;
  readonly mapping: Readonly<Record<string, string>>;
}

function cutLoop(parts: unknown, bases: ReadonlySet<string>): unknown {
  return (parts as Json[]).map((part) => {
    const name = typeof part.$ref === 'string' ? part.$ref.split('/').at(-1) : undefined;
    return name !== undefined && bases.has(name) ? { $ref: `#/components/schemas/${name}Base` } : part;
  });
}

function chosenBy({ propertyName, mapping }: Discriminator): unknown {
  const choices = Object.entries(mapping).map(([value, reference]) => ({
    if: { properties: { [propertyName]: { const: value } }, required: [propertyName] },
    then: { $ref: NAMESPACE + reference },
  }));
  const values = { properties: { [propertyName]: { enum: Object.keys(mapping) } } };
  return { allOf: [...choices, { ...values, required: [propertyName] }] };
}

/** OpenAPI 3.0 as JSON Schema. */
function converted(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(converted);
  if (typeof schema !== 'object' || schema === null) return schema;
  const result: Json = {};
  for (const [key, value] of Object.entries(schema)) {
    if (['nullable', 'example', 'default', 'discriminator'].includes(key)) continue;
    if (key === 'properties') result.properties = eachConverted(value as Json);
    else if (key === '$ref') result.$ref = NAMESPACE + String(value);
    // Alternatives overlap, so that more than one may hold.
    else if (key === 'oneOf') result.anyOf = converted(value);
    else result[key] = converted(value);
  }
  // `regionName` says object and lists strings.
  if (result.type === 'object' && holdsStrings(result.anyOf)) delete result.type;
  return (schema as Json).nullable === true ? { anyOf: [result, { type: 'null' }] } : result;
}

function eachConverted(properties: Json): Json {
  return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, converted(schema)]));
}

function holdsStrings(alternatives: unknown): boolean {
  return (
    Array.isArray(alternatives) && alternatives.every((alternative: Json) => alternative.type === 'string')
  );
}
