import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as ROWS from '../../core/tasks.ts';
import { kebab } from '../../core/tasks/kebab.ts';
import type { Need, TaskRow } from '../../core/tasks/needs.ts';

const ENVIRONMENT = {
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  LIFEBOAT_TABLE: 'table',
  LIFEBOAT_ATLAS_URL: 'https://cloud.mongodb.com',
  LIFEBOAT_POLICY: '{"protectedClusters":[]}',
  LIFEBOAT_SCOPE_PREFIX: '',
  LIFEBOAT_CALLERS: 'aws',
};

/** Bytes. docs/aws.md says what they cost at a cold start. */
const LARGEST = { http: 1_600_000, other: 1_350_000 };
const kindOf = (name: string) => (name.startsWith('http-') ? 'http' : 'other');

/** The clients of remote systems that a task needs for what its row names. */
const CLIENTS: Readonly<Record<Need, readonly string[]>> = {
  atlas: ['secrets-manager', 'undici'],
  outbound: ['secrets-manager'],
  reports: ['s3'],
  lists: [],
  wake: ['sfn'],
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lifeboat-bundles-'));
  execFileSync(process.execPath, ['--import', 'tsx', 'scripts/bundle-lambdas.ts', folder]);
}, 120_000);
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const names = () => readdirSync(folder).filter((name) => statSync(join(folder, name)).isDirectory());
const file = (name: string) => join(folder, name, 'index.mjs');

/** What a program prints that has a bundle's handler. */
function run(name: string, program: string): string {
  const code = `const { handler } = await import(${JSON.stringify(pathToFileURL(file(name)).href)}); ${program}`;
  const env = { ...ENVIRONMENT, PATH: process.env.PATH };
  return execFileSync(process.execPath, ['--no-warnings', '--input-type=module', '-e', code], {
    encoding: 'utf8',
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
}

describe('the bundles', () => {
  it('load, and have a handler', () => {
    for (const name of names()) expect(run(name, 'console.log(typeof handler)'), name).toBe('function');
  }, 120_000);

  it('throw errors whose names survive the minifier: workflows match by them', () => {
    const told = run(
      'open-job',
      'await handler({}).catch(({ name, message }) => console.log(name, message));',
    );
    expect(told).toMatch(/InternalError \{"name":"InternalError","message":.*jobId/);
  });

  it('hold the clients that their function needs, and no others', () => {
    for (const [name, { needs }] of Object.entries<TaskRow>(ROWS)) {
      const clients = new Set(['dynamodb', ...needs.flatMap((need) => CLIENTS[need])]);
      expect(clientsOf(kebab(name)), name).toEqual([...clients].sort());
    }
    expect(clientsOf('job-changes')).toEqual(['eventbridge']);
    expect(clientsOf('schedule')).toEqual(['dynamodb', 'sfn']);
    expect(clientsOf('watch')).toEqual(['dynamodb']);
    expect(clientsOf('http-read')).toEqual(['dynamodb', 's3']);
    expect(clientsOf('http-change')).toEqual(['dynamodb', 'secrets-manager', 'sfn', 'undici']);
  });

  it('stay small', () => {
    for (const name of names()) expect(sizeOf(name), name).toBeLessThan(LARGEST[kindOf(name)]);
  });

  it('of the API has the document that the API has, and says what an address takes that another function answers', () => {
    const event = (method: string, rawPath: string) => ({
      rawPath,
      rawQueryString: '',
      headers: {},
      isBase64Encoded: false,
      requestContext: {
        domainName: 'api.example.com',
        http: { method },
        authorizer: { iam: { userArn: 'arn:aws:iam::111111111111:user/anna' } },
      },
    });
    const answer = (name: string, method: string, path: string) =>
      JSON.parse(
        run(name, `console.log(JSON.stringify(await handler(${JSON.stringify(event(method, path))})));`),
      ) as { readonly statusCode: number; readonly headers: Record<string, string>; readonly body: string };
    const document = readFileSync('docs/reference/openapi.json', 'utf8');
    expect(JSON.parse(answer('http-read', 'GET', '/openapi.json').body)).toEqual(JSON.parse(document));
    expect(answer('http-read', 'GET', '/v1/plans')).toMatchObject({
      statusCode: 405,
      headers: { allow: 'POST' },
    });
    expect(answer('http-change', 'DELETE', '/v1/jobs')).toMatchObject({
      statusCode: 405,
      headers: { allow: 'POST, GET, HEAD' },
    });
  });
});

/** The clients of remote systems in a bundle: undici, and AWS's SDK by the name of the service. */
function clientsOf(name: string): string[] {
  const { outputs } = JSON.parse(readFileSync(join(folder, 'meta.json'), 'utf8')) as {
    readonly outputs: Readonly<
      Record<string, { readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>> }>
    >;
  };
  const [, output] = Object.entries(outputs).find(([path]) => path.endsWith(`/${name}/index.mjs`)) ?? [];
  const held = Object.entries(output?.inputs ?? {})
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .flatMap(([path]) => /node_modules\/(@aws-sdk\/client-[^/]+|undici)\//.exec(path)?.[1] ?? []);
  return [...new Set(held)].map((name) => name.replace('@aws-sdk/client-', '')).sort();
}

/** Bytes of everything that a function reads when it runs: all but the map of its source. */
function sizeOf(name: string): number {
  const files = readdirSync(join(folder, name)).filter((one) => !one.endsWith('.map'));
  return files.reduce((sum, one) => sum + statSync(join(folder, name, one)).size, 0);
}
