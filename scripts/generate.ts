import { readFile, writeFile } from 'node:fs/promises';
import type { GeneratedFile } from './generate/generated-file.ts';
import { stepKinds } from './generate/step-kinds.ts';

/** Writes the generated files; with --check writes nothing and fails when one is stale. */
async function main(checkOnly: boolean): Promise<void> {
  // The other files are made from code that imports this one, so it is written before that code is loaded.
  await bringUpToDate(stepKinds, checkOnly);
  const { FILES } = await import('./generate/files.ts');
  for (const file of FILES) await bringUpToDate(file, checkOnly);
}

async function bringUpToDate(file: GeneratedFile, checkOnly: boolean): Promise<void> {
  const place = new URL(`../${file.path}`, import.meta.url);
  const content = file.content();
  const there = await readFile(place, 'utf8').catch(() => undefined);
  if (there === content) return;
  if (checkOnly) {
    console.log(`${file.path} is stale: run npm run generate`);
    process.exitCode = 1;
    return;
  }
  await writeFile(place, content);
  console.log(`${file.path} written`);
}

await main(process.argv.includes('--check'));
