import * as z from 'zod';
import { PROBLEMS, type ProblemName } from './problems.ts';
import type { AnswerFacts, RouteFacts } from './route.ts';
import { COMPONENTS } from './schemas/component.ts';
import { problemSchema } from './schemas/problem.ts';

/** JSON as the document is made of. */
type Json = Readonly<Record<string, unknown>>;

/** What any request can be answered with; the host itself may be the reason. */
const ANYWHERE: readonly ProblemName[] = [
  'bad-request',
  'not-signed-in',
  'scope-missing',
  'internal',
  'history-unavailable',
];
const WITH_A_BODY: readonly ProblemName[] = ['body-too-large', 'media-type-unsupported', 'invalid-body'];

/** Version of the API: the first number changes when a client has to. */
const VERSION = '1.0.0';

const INTRODUCTION =
  'Starts jobs that restore MongoDB Atlas, says what they do, and gives what they proved. Instants are ISO 8601 in UTC, ' +
  'durations are seconds. Whatever is not understood is refused; answers may gain fields.';

/** The problems that a route can answer with. */
export function problemsOf({ body, problems }: RouteFacts): readonly ProblemName[] {
  return [...ANYWHERE, ...(body === undefined ? [] : WITH_A_BODY), ...problems];
}

/** The OpenAPI 3.1 document of routes. */
export function openApiDocument(routes: readonly RouteFacts[]): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operationOf(route) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Lifeboat', version: VERSION, description: INTRODUCTION },
    paths,
    components: { schemas: componentSchemas(), securitySchemes: SECURITY },
    security: [{ bearer: [] }, { sigv4: [] }],
  };
}

const SECURITY = {
  bearer: { type: 'http', scheme: 'bearer', description: 'The token of "lifeboat serve", or a JWT on AWS' },
  sigv4: {
    type: 'apiKey',
    in: 'header',
    name: 'Authorization',
    description: 'AWS Signature Version 4 of the service execute-api',
  },
} as const;

function operationOf(route: RouteFacts): Json {
  const { operationId, summary, description, scope, body } = route;
  const parameters = [
    ...parametersIn('path', route.params),
    ...parametersIn('query', route.query),
    ...parametersIn('header', route.headers),
  ];
  return {
    operationId,
    summary,
    description: `${description} Takes the scope \`${scope}\`.`,
    ...(parameters.length > 0 && { parameters }),
    ...(body !== undefined && {
      requestBody: { required: true, content: { 'application/json': { schema: reference(body) } } },
    }),
    responses: { ...goodAnswers(route), ...problemAnswers(problemsOf(route)) },
  };
}

function parametersIn(place: 'path' | 'query' | 'header', schema: z.ZodObject | undefined): Json[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input' });
  return Object.entries(properties).map(([name, property]) => {
    const { description, examples, ...rest } = property as z.core.JSONSchema.BaseSchema;
    return {
      name: place === 'header' ? headerName(name) : name,
      in: place,
      required: required.includes(name),
      ...(description !== undefined && { description }),
      schema: rest,
      ...(examples?.[0] !== undefined && { example: examples[0] }),
    };
  });
}

/** `idempotency-key` as people write it: `Idempotency-Key`. */
function headerName(name: string): string {
  return name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
}

function goodAnswers({ answers }: RouteFacts): Json {
  return Object.fromEntries(
    Object.entries(answers).map(([status, { description, ...facts }]) => [
      status,
      { description, content: contentOf(facts) },
    ]),
  );
}

function contentOf({ schema, mediaType = 'application/json' }: Omit<AnswerFacts, 'description'>): Json {
  const described = mediaType === 'application/json' ? { type: 'object' } : { type: 'string' };
  return { [mediaType]: { schema: schema === undefined ? described : reference(schema) } };
}

/** One answer a status, that names the problems it can be. */
function problemAnswers(names: readonly ProblemName[]): Json {
  const statuses = [...new Set(names.map((name) => PROBLEMS[name].status))].sort((one, other) => one - other);
  const content = { 'application/problem+json': { schema: reference(problemSchema) } };
  return Object.fromEntries(
    statuses.map((status) => {
      const these = names.filter((name) => PROBLEMS[name].status === status);
      const description = these.map((name) => `${PROBLEMS[name].title} (\`${name}\`)`).join('; ');
      return [status, { description, content }];
    }),
  );
}

const uri = (id: string) => `#/components/schemas/${id}`;

function reference(schema: z.ZodType): Json {
  const { id } = COMPONENTS.get(schema) ?? {};
  if (id === undefined) throw new TypeError('A schema of the API has no name in the document.');
  return { $ref: uri(id) };
}

function componentSchemas(): Json {
  // As a sender writes requests; answers are made of nothing that reads otherwise.
  const { schemas } = z.toJSONSchema(COMPONENTS, { io: 'input', uri });
  return Object.fromEntries(
    Object.entries(schemas).map(([id, schema]) => [id, { ...schema, $schema: undefined, $id: undefined }]),
  );
}
