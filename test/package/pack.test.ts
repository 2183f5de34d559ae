import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = new URL('../../', import.meta.url).pathname;
/** Packing compiles, installing fetches what npm's cache lacks. Milliseconds. */
const PATIENCE = 240_000;

const folder = mkdtempSync(join(tmpdir(), 'lifeboat-package-'));
const installed = join(folder, 'node_modules', 'lifeboat');

function npm(args: readonly string[], cwd: string) {
  return spawnSync('npm', [...args], { cwd, encoding: 'utf8', timeout: PATIENCE });
}

function lifeboat(args: readonly string[]) {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME };
  return spawnSync(join(folder, 'node_modules', '.bin', 'lifeboat'), [...args], {
    cwd: folder,
    env,
    encoding: 'utf8',
  });
}

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('the package, installed in an empty folder', () => {
  beforeAll(() => {
    const packed = npm(['pack', '--pack-destination', folder], ROOT);
    expect(packed.status, packed.stderr).toBe(0);
    const tarball = readdirSync(folder).find((file) => file.endsWith('.tgz')) ?? '';
    writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
    const flags = ['--ignore-scripts', '--omit=dev', '--prefer-offline', '--no-audit', '--no-fund'];
    const install = npm(['install', ...flags, `./${tarball}`], folder);
    if (install.status !== 0 && isOffline(install.stderr)) {
      console.warn(
        'Skipped: the registry is out of reach, and the cache of npm does not hold every dependency.',
      );
      return;
    }
    expect(install.status, install.stderr).toBe(0);
  }, PATIENCE);

  it('runs a drill of its own example and prints the job', (context) => {
    if (!existsSync(installed)) context.skip();
    const example = join(installed, 'examples', 'drill.yaml');
    const ran = lifeboat(['run', example, '--simulate', '--speed', '300', '--json', '--quiet']);
    expect(ran).toMatchObject({ status: 0, stderr: '' });
    expect(JSON.parse(ran.stdout)).toMatchObject({ status: 'SUCCEEDED', verdict: 'passed' });
    expect(readdirSync(join(folder, '.lifeboat', 'reports'))).toHaveLength(2);
  });

  it('helps, and needs nothing that only builds, tests or deploys it', (context) => {
    if (!existsSync(installed)) context.skip();
    const help = lifeboat(['--help']);
    expect(help).toMatchObject({ status: 0, stderr: '' });
    expect(help.stdout).toMatch(/^Usage: lifeboat /);
    for (const name of ['aws-cdk-lib', 'typescript', 'tsx', 'vitest', 'esbuild']) {
      expect(existsSync(join(folder, 'node_modules', name)), name).toBe(false);
    }
    for (const name of ['test', 'infra', 'scripts', 'cli', 'node_modules/.bin/tsc']) {
      expect(existsSync(join(installed, name)), name).toBe(false);
    }
  });
});

function isOffline(stderr: string): boolean {
  return /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET|ENETUNREACH|ENOTCACHED/.test(stderr);
}
