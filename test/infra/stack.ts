import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import type { Template } from 'aws-cdk-lib/assertions';
import { onTestFinished, vi } from 'vitest';
import * as ROWS from '../../core/tasks.ts';
import { kebab } from '../../core/tasks/kebab.ts';
import { readConfig } from '../../infra/config.ts';
import { LifeboatStack } from '../../infra/lifeboat-stack.ts';

const root = new URL('../../', import.meta.url).pathname;

/** A folder like the one that the bundler makes, for what does not look into the bundles; `remove` removes it. */
export function emptyBundles(): { readonly folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'lifeboat-bundles-'));
  const handlers = readdirSync(join(root, 'lambdas')).filter((file) => file.endsWith('.ts'));
  for (const name of [...handlers.map((file) => file.replace('.ts', '')), ...Object.keys(ROWS).map(kebab)]) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'index.mjs'), `// ${name}`);
  }
  return {
    folder,
    remove: () => {
      rmSync(folder, { recursive: true });
    },
  };
}

/** A folder with one runbook, which has a schedule. */
export function scheduledRunbooks(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lifeboat-runbooks-'));
  const schedule = [
    'schedule:',
    '  expression: cron(0 3 ? * SUN *)',
    '  timezone: Europe/Berlin',
    '  flexibleWindow: 15m',
  ].join('\n');
  const drill = readFileSync(join(root, 'examples/drill.yaml'), 'utf8');
  writeFileSync(join(folder, 'drill.yaml'), `${drill}\n${schedule}\n`);
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  return folder;
}

/** The stack with these choices, in the context that cdk.json gives. */
export function stackOf(bundles: string, choices: object = {}, region = 'eu-west-1') {
  const { context } = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8')) as { context: object };
  // The check against CloudFormation's own schemas takes longer than all the rest; each deployment does it.
  vi.stubEnv('CDK_VALIDATION', 'false');
  // It goes with the bundles.
  const outdir = mkdtempSync(join(bundles, 'cdk.out-'));
  const app = new App({ context, analyticsReporting: false, outdir });
  const stack = new LifeboatStack(app, 'Lifeboat', {
    config: readConfig(choices),
    bundles,
    env: { account: '111111111111', region },
  });
  return { app, stack };
}

/** A resource of a template. */
export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
}

/** The resources of a type, by their logical ids. */
export function resourcesOf(template: Template, type: string): Record<string, Resource> {
  return template.findResources(type) as Record<string, Resource>;
}
