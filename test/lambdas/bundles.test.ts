import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ENVIRONMENT = {
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  LIFEBOAT_TABLE: 'table',
  LIFEBOAT_ATLAS_URL: 'https://cloud.mongodb.com',
  LIFEBOAT_POLICY: '{"protectedClusters":[]}',
  LIFEBOAT_SCOPE_PREFIX: '',
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lifeboat-bundles-'));
  execFileSync(process.execPath, ['scripts/bundle-lambdas.mjs', folder]);
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

  it('hold neither undici nor what the SDK would look for credentials with', () => {
    const { inputs } = JSON.parse(readFileSync(join(folder, 'meta.json'), 'utf8')) as {
      readonly inputs: Readonly<Record<string, unknown>>;
    };
    const unwanted = /node_modules\/(undici|@aws-sdk\/credential-provider-(ini|sso|process))\//;
    expect(Object.keys(inputs).filter((path) => unwanted.test(path))).toEqual([]);
  });
});
