import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** How often a bundle is loaded, each time in a process of its own. */
const LOADS = 11;
/** Packages and folders that are named. */
const SHOWN = 8;

/** What the bundle of a function costs at its cold start. */
export interface Measured {
  readonly name: string;
  /** Of the file, in thousands of bytes. */
  readonly kilobytes: number;
  /** From the import to the handler, in milliseconds: the least and the median of several. */
  readonly loadMilliseconds: { readonly least: number; readonly median: number };
  /** What takes the room, in thousands of bytes, largest first: a package, or a folder of ours. */
  readonly largest: Readonly<Record<string, number>>;
}

interface Meta {
  readonly outputs: Readonly<
    Record<string, { readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>> }>
  >;
}

/** What the bundler says of its bundles. */
export function readMeta(folder: string): Meta {
  return JSON.parse(readFileSync(join(folder, 'meta.json'), 'utf8')) as Meta;
}

/** Measures one bundle of a folder. */
export function measure(folder: string, name: string, meta: Meta): Measured {
  const file = join(folder, name, 'index.mjs');
  const times = Array.from({ length: LOADS }, () => load(file)).sort((one, other) => one - other);
  const output = Object.entries(meta.outputs).find(([path]) => path.endsWith(`/${name}/index.mjs`))?.[1];
  return {
    name,
    kilobytes: Math.round(statSync(file).size / 1000),
    loadMilliseconds: { least: Math.round(times[0] ?? 0), median: Math.round(times[LOADS >> 1] ?? 0) },
    largest: largestOf(output?.inputs ?? {}),
  };
}

/** Milliseconds of the machine that loading takes, after Node itself has started. */
function load(file: string): number {
  const code = `const begun = performance.now(); await import(${JSON.stringify(pathToFileURL(file).href)});
    process.stdout.write(String(performance.now() - begun)); process.exit();`;
  const env = { PATH: process.env.PATH, AWS_REGION: 'eu-west-1', ...ENVIRONMENT };
  const args = ['--no-warnings', '--input-type=module', '-e', code];
  return Number(execFileSync(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'ignore'] }));
}

/** What the HTTP API reads when it is loaded. */
const ENVIRONMENT = {
  LIFEBOAT_TABLE: 'table',
  LIFEBOAT_ATLAS_URL: 'https://cloud.mongodb.com',
  LIFEBOAT_POLICY: '{"protectedClusters":[]}',
  LIFEBOAT_SCOPE_PREFIX: '',
};

function largestOf(
  inputs: Readonly<Record<string, { readonly bytesInOutput: number }>>,
): Record<string, number> {
  const bytes = new Map<string, number>();
  for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
    const owner = ownerOf(path);
    bytes.set(owner, (bytes.get(owner) ?? 0) + bytesInOutput);
  }
  const sorted = [...bytes].sort(([, one], [, other]) => other - one).slice(0, SHOWN);
  return Object.fromEntries(sorted.map(([owner, count]) => [owner, Math.round(count / 1000)]));
}

function ownerOf(path: string): string {
  const inPackage = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
  return inPackage ?? path.split('/').slice(0, 2).join('/');
}
