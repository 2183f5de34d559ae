import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** How often everything is loaded, in turns, each time in a process of its own. */
const ROUNDS = 7;
/** Packages and folders that are named. */
const SHOWN = 8;

/** Something that is loaded. */
export interface Loaded {
  readonly name: string;
  readonly file: string;
}

/** Milliseconds from the import of a module to its end, after Node itself has started. */
export interface LoadTimes {
  /** By the clock: the least and the median. Other work on the machine counts. */
  readonly least: number;
  readonly median: number;
  /** Of the processor: the median. */
  readonly processor: number;
}

/** What the bundle of a function costs at its cold start. */
export interface Measured {
  readonly name: string;
  /** Of everything that the function reads, the map of its source apart, in thousands of bytes. */
  readonly kilobytes: number;
  readonly loadMilliseconds: LoadTimes;
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

/** Loads everything in turns, so that other work on the machine falls on all alike. */
export function loadAll(things: readonly Loaded[]): Map<string, LoadTimes> {
  const times = new Map(things.map(({ name }) => [name, [] as Load[]]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { name, file } of things) times.get(name)?.push(load(file));
  }
  return new Map([...times].map(([name, all]) => [name, summary(all)]));
}

/** What one bundle of a folder holds. */
export function weigh(folder: string, name: string, meta: Meta): Omit<Measured, 'loadMilliseconds'> {
  const files = readdirSync(join(folder, name)).filter((file) => !file.endsWith('.map'));
  const bytes = files.reduce((sum, file) => sum + statSync(join(folder, name, file)).size, 0);
  const output = Object.entries(meta.outputs).find(([path]) => path.endsWith(`/${name}/index.mjs`))?.[1];
  return { name, kilobytes: Math.round(bytes / 1000), largest: largestOf(output?.inputs ?? {}) };
}

/** One load: milliseconds by the clock and of the processor. */
type Load = readonly [clock: number, processor: number];

function summary(loads: readonly Load[]): LoadTimes {
  const sorted = ([0, 1] as const).map((which) =>
    loads.map((one) => one[which]).sort((one, other) => one - other),
  );
  const rounded = (time = 0) => Math.round(time * 10) / 10;
  const [clock = [], processor = []] = sorted;
  const middle = loads.length >> 1;
  return {
    least: rounded(clock[0]),
    median: rounded(clock[middle]),
    processor: rounded(processor[middle]),
  };
}

function load(file: string): Load {
  const code = `const [clock, processor] = [performance.now(), process.cpuUsage()];
    await import(${JSON.stringify(pathToFileURL(file).href)});
    const { user, system } = process.cpuUsage(processor);
    process.stdout.write(JSON.stringify([performance.now() - clock, (user + system) / 1000])); process.exit();`;
  const env = { PATH: process.env.PATH, AWS_REGION: 'eu-west-1', ...ENVIRONMENT };
  const args = ['--no-warnings', '--input-type=module', '-e', code];
  const told = execFileSync(process.execPath, args, {
    encoding: 'utf8',
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return JSON.parse(told) as Load;
}

/** What the HTTP API reads when it is loaded. */
const ENVIRONMENT = {
  LIFEBOAT_TABLE: 'table',
  LIFEBOAT_ATLAS_URL: 'https://cloud.mongodb.com',
  LIFEBOAT_POLICY: '{"protectedClusters":[]}',
  LIFEBOAT_SCOPE_PREFIX: '',
  LIFEBOAT_CALLERS: 'aws',
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
