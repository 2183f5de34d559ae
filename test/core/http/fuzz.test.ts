import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { isCanonicalPath } from '../../../core/http/canonical-path.ts';
import { SCOPES } from '../../../core/http/host.ts';
import { runbookText } from '../../support/rehearsal.ts';
import {
  deviations,
  DOCUMENT,
  operationAt,
  type DocumentedOperation,
  type DocumentedParameter,
} from './document-check.ts';
import { openPracticeApi, somebody, startedJob, type PracticeApi } from './practice-host.ts';

vi.setConfig({ testTimeout: 120_000 });

/** What somebody may send beside what the document speaks of. */
interface FuzzedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

const strange = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '',
    '..',
    '../../etc/passwd',
    '%00',
    '__proto__',
    'constructor',
    'null',
    '-1',
    '1e9',
    "' OR 1=1",
    '<script>',
    '${jndi:x}',
    'x'.repeat(3000),
    '\u202e',
  ),
);

/** Keys that programs trip over among those that mean something. */
const key = fc.oneof(
  strange,
  fc.constantFrom('runbook', 'name', 'overrides', 'seed', 'reason', 'plan', '__proto__', 'toString'),
);

const anyJson = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom(null, true, 0, -0, 1.5, 2 ** 53, 1e308),
    strange,
    fc.array(tie('value'), { maxLength: 4 }),
    // As JSON gives it, where __proto__ is a key like any other.
    fc.array(fc.tuple(key, tie('value')), { maxLength: 4 }).map((members) => Object.fromEntries(members)),
  ),
})).value;

const runbooks = fc.oneof(
  fc.constant(runbookText()),
  fc
    .tuple(fc.constantFrom('source', 'target', 'recoveryPoint', 'guards', 'after', 'x'), anyJson)
    .map(([part, value]) => runbookText({ [part]: JSON.stringify(value) })),
  strange,
  fc.constantFrom(
    '['.repeat(2000),
    '&a [*a]',
    '- - - -',
    '? {}',
    'a: &x [1]\nb: [*x, *x]',
    '%YAML 9.9\n---\n',
  ),
);

const json = (value: fc.Arbitrary<unknown>) => value.map((one) => JSON.stringify(one));

/** Bodies that may fit, by the name of their schema in the document. */
const bodies: Readonly<Record<string, fc.Arbitrary<string>>> = {
  RunbookRequest: fc.oneof(
    json(
      fc.record(
        {
          runbook: fc.oneof(runbooks, anyJson),
          name: fc.oneof(fc.constant('nightly'), anyJson),
          overrides: anyJson,
          seed: anyJson,
        },
        { requiredKeys: [] },
      ),
    ),
    json(fc.record({ runbook: runbooks })),
    json(
      fc.record({
        name: fc.constant('nightly'),
        overrides: fc.dictionary(
          fc.constantFrom('source', 'guards', 'description', '__proto__', 'x'),
          anyJson,
          { maxKeys: 2 },
        ),
      }),
    ),
  ),
  BreakGlassRequest: json(
    fc.record({
      runbook: fc.oneof(fc.constant(runbookText({ kind: 'restore' })), runbooks),
      cluster: fc.oneof(fc.constant('orders-drill'), strange),
      reason: fc.oneof(fc.constant('prod is gone'), strange),
    }),
  ),
  CancelRequest: json(fc.record({ reason: strange })),
  DecisionRequest: json(fc.record({ reason: strange, plan: fc.oneof(fc.constant('0'.repeat(64)), anyJson) })),
};

function bodyFor(operation: DocumentedOperation): fc.Arbitrary<string | undefined> {
  const [, name = ''] =
    /\/(\w+)$/.exec(operation.requestBody?.content['application/json']?.schema.$ref ?? '') ?? [];
  return fc.oneof(
    { weight: 8, arbitrary: bodies[name] ?? json(anyJson) },
    { weight: 1, arbitrary: json(anyJson) },
    { weight: 1, arbitrary: strange },
    { weight: 1, arbitrary: fc.constant(undefined) },
  );
}

/** Few, so that some come again. */
const KEYS = Array.from({ length: 30 }, (_, index) => `key-${index}`);

/** A value for a parameter of the document: one that may fit, or anything. */
function valueFor({ name, example, schema }: DocumentedParameter, jobId: string): fc.Arbitrary<string> {
  const fitting = [
    ...(name === 'jobId' ? [jobId, '01KAJ3W0Q4X9GZ5M1T2R8C7B6A'] : []),
    ...(name === 'project' ? ['5e2f1c0a9d3b7a4c8e6f0a01'] : []),
    ...(name === 'cluster' ? ['5e2f1c0a9d3b7a4c8e6f0a01/orders', 'orders'] : []),
    ...(name === 'name' ? ['nightly'] : []),
    ...(name === 'Idempotency-Key' ? KEYS : []),
    ...(example === undefined || name === 'cursor' ? [] : [JSON.stringify(example).replaceAll('"', '')]),
    ...(Array.isArray(schema.enum) ? schema.enum.map(String) : []),
  ];
  if (fitting.length === 0) return strange;
  return fc.oneof({ weight: 1, arbitrary: strange }, { weight: 6, arbitrary: fc.constantFrom(...fitting) });
}

function fuzzed(
  template: string,
  method: string,
  operation: DocumentedOperation,
  jobId: string,
): fc.Arbitrary<FuzzedRequest> {
  const inPlace = (place: string) => (operation.parameters ?? []).filter((one) => one.in === place);
  const values = (parameters: readonly DocumentedParameter[]) =>
    fc.record(Object.fromEntries(parameters.map((one) => [one.name, valueFor(one, jobId)])));
  return fc
    .record({
      path: values(inPlace('path')),
      query: fc.subarray(inPlace('query'), { maxLength: Math.min(2, inPlace('query').length) }).chain(values),
      more: fc.oneof(
        { weight: 5, arbitrary: fc.constant({}) },
        { weight: 1, arbitrary: fc.dictionary(strange, strange, { maxKeys: 2 }) },
      ),
      headers: values(inPlace('header')),
      body: bodyFor(operation),
      type: fc.oneof(
        { weight: 12, arbitrary: fc.constant('application/json') },
        { weight: 1, arbitrary: fc.constantFrom('text/plain', 'multipart/form-data', 'application/x') },
      ),
    })
    .map(({ path, query, more, headers, body: sent, type }) => ({
      method,
      path:
        template.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
          encodeURIComponent(wellFormed(path[name] ?? '')),
        ) + queryText({ ...query, ...more }),
      headers: {
        ...Object.fromEntries(
          Object.entries(headers).map(([name, value]) => [name, encodeURIComponent(wellFormed(value))]),
        ),
        ...(sent !== undefined && { 'content-type': type }),
      },
      body: sent,
    }));
}

/** Half of a surrogate pair can't be sent. */
function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}

function queryText(query: Readonly<Record<string, string>>): string {
  const entries = Object.entries(query).map(([name, value]): [string, string] => [
    wellFormed(name),
    wellFormed(value),
  ]);
  return entries.length === 0 ? '' : `?${new URLSearchParams(entries).toString()}`;
}

/** Traces of the program, of the machine, or of what is secret. */
function leaksIn(text: string, { rehearsal }: PracticeApi): string[] {
  const { clientSecret, privateKey } = rehearsal.simulator.credentials;
  return [
    clientSecret,
    privateKey,
    process.cwd(),
    'node_modules',
    'node:internal',
    'ZodError',
    '.ts:',
    'LIFEBOAT_',
  ].filter((secret) => text.includes(secret));
}

const operations = Object.entries(DOCUMENT.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    id: operation.operationId,
    path,
    method,
    operation,
  })),
);

it.each(operations)(
  '$id answers whatever it is sent as the document says, with no fault of its own and no leak',
  async ({ path, method, operation }) => {
    const practice = await openPracticeApi({ policy: { protectedClusters: [], breakGlass: true } });
    const { jobId } = await startedJob(practice);
    await fc.assert(
      fc.asyncProperty(fuzzed(path, method.toUpperCase(), operation, jobId), async (request) => {
        const sent = new Request(`http://lifeboat.test${request.path}`, {
          method: request.method,
          headers: {
            ...request.headers,
            authorization: `Practice ${JSON.stringify(somebody('anna', ...SCOPES))}`,
          },
          ...(request.method !== 'GET' && request.body !== undefined && { body: request.body }),
        });
        const reply = await practice.api.request(sent);
        const text = await reply.clone().text();
        expect(reply.status).not.toBe(500);
        expect(leaksIn(text, practice)).toEqual([]);
        // What names a parameter may lead to another address, or to none.
        const at = operationAt(request.method, new URL(sent.url).pathname);
        if (at !== undefined) expect(await deviations(at, reply)).toEqual([]);
        else expect(isCanonicalPath(new URL(sent.url).pathname) ? [404, 405] : [400]).toContain(reply.status);
      }),
      { numRuns: 150 },
    );
    expect(practice.failures).toEqual([]);
  },
);

it('answers any method at any address with a problem, or what is there', async () => {
  const practice = await openPracticeApi();
  const address = fc.array(fc.oneof(strange, fc.constantFrom('v1', 'jobs', 'openapi.json', 'readiness')), {
    maxLength: 5,
  });
  const methods = fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD');
  await fc.assert(
    fc.asyncProperty(methods, address, async (method, parts) => {
      const path = `/${parts.map((part) => encodeURIComponent(wellFormed(part))).join('/')}`;
      const reply = await practice.send(method, path);
      expect([200, 400, 404, 405, 415]).toContain(reply.status);
      if (reply.status !== 200) expect(reply.headers.get('content-type')).toBe('application/problem+json');
    }),
    { numRuns: 300 },
  );
  expect(practice.failures).toEqual([]);
});
