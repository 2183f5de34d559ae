import { readFile, writeFile } from 'node:fs/promises';
import { atlasOperations } from './generate/atlas-operations.ts';
import { cliReference } from './generate/cli-reference.ts';
import type { GeneratedFile } from './generate/generated-file.ts';
import {
  freezeEventJsonSchema,
  jobEventJsonSchema,
  scheduleEventJsonSchema,
} from './generate/job-event-schema.ts';
import { openApi } from './generate/openapi.ts';
import { policyJsonSchema } from './generate/policy-schema.ts';
import { runbookJsonSchema } from './generate/runbook-schema.ts';

/** Every committed file that is made from code. Another one: write its file under generate/ and add it here. */
const FILES: readonly GeneratedFile[] = [
  atlasOperations,
  cliReference,
  freezeEventJsonSchema,
  jobEventJsonSchema,
  openApi,
  policyJsonSchema,
  runbookJsonSchema,
  scheduleEventJsonSchema,
];

/** Writes the generated files; with --check writes nothing and fails when one is stale. */
async function main(checkOnly: boolean): Promise<void> {
  const stale = [];
  for (const file of FILES) {
    const place = new URL(`../${file.path}`, import.meta.url);
    const content = file.content();
    const there = await readFile(place, 'utf8').catch(() => undefined);
    if (there === content) continue;
    stale.push(file.path);
    if (!checkOnly) await writeFile(place, content);
  }
  for (const path of stale)
    console.log(checkOnly ? `${path} is stale: run npm run generate` : `${path} written`);
  if (checkOnly && stale.length > 0) process.exitCode = 1;
}

await main(process.argv.includes('--check'));
