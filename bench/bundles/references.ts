import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { BUNDLE } from '../../scripts/bundle-lambdas/settings.ts';
import type { Loaded } from './measure.ts';

/** What bundles are compared with: nothing at all, and the smallest client of AWS's SDK for DynamoDB. */
export async function writeReferences(folder: string): Promise<{
  readonly nothing: Loaded;
  readonly sdk: Loaded & { readonly kilobytes: number };
}> {
  const nothing = join(folder, 'nothing.mjs');
  writeFileSync(nothing, 'export const handler = async () => {};');
  const sdk = join(folder, 'sdk.mjs');
  await build({
    ...BUNDLE,
    stdin: {
      contents: "export { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';",
      resolveDir: process.cwd(),
    },
    outfile: sdk,
  });
  const kilobytes = Math.round(statSync(sdk).size / 1000);
  return { nothing: { name: 'nothing', file: nothing }, sdk: { name: 'sdk', file: sdk, kilobytes } };
}
