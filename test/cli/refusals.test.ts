import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openHistory } from '../../local/history.ts';
import { scaledClock } from '../../local/scaled-clock.ts';
import { startSimulator } from '../../simulator/simulator.ts';
import { environmentOf, lifeboat, temporaryFolder, type Ended } from './lifeboat.ts';

const DRILL = 'examples/drill.yaml';

const MALFORMED = `version: 2
kind: dril
name: Orders
source: { project: 5e2f1c0a9d3b7a4c8e6f0a01, cluster: orders }
targt: {}
recoveryPoint: { latest: {} }
`;

async function simulator() {
  const clock = scaledClock(600, Date.now());
  const started = await startSimulator({ clock, seed: 7, speed: 600 });
  onTestFinished(() => started.close());
  return started;
}

/** Every refusal is one sentence with its advice, without a stack, and leaves stdout to results. */
function expectRefusal(ended: Ended, code: number, sentence: RegExp): void {
  expect(ended.stderr).toMatch(sentence);
  expect(ended.stderr).not.toMatch(/^ +at /m);
  expect(ended).toMatchObject({ code, stdout: '' });
}

it('names every mistake of a runbook with its place, before anything is called or written', async () => {
  const folder = await temporaryFolder();
  const runbook = join(folder, 'bad.yaml');
  await writeFile(runbook, MALFORMED);
  const atlas = await simulator();
  const env = environmentOf({ baseUrl: atlas.baseUrl, ...atlas.credentials });
  const home = join(folder, 'home');
  const ran = await lifeboat(['run', runbook, '--json', '--home', home], env);
  expectRefusal(ran, 2, /^Error: The runbook \S+bad\.yaml has \d mistakes:\n/);
  for (const place of [':1:10: version: ', ':2:7: kind: ', ':3:7: name: ', ':5:1: targt: ']) {
    expect(ran.stderr).toContain(`${runbook}${place}`);
  }
  expect(ran.stderr).toContain('Next: ');
  expect(atlas.requests()).toEqual([]);
  expect(existsSync(home)).toBe(false);
});

it('tells of all that is missing at once: credentials, policy, and a speed that cannot be', async () => {
  const home = join(await temporaryFolder(), 'home');
  const env = { LIFEBOAT_PROTECTED_CLUSTERS: 'orders', LIFEBOAT_HOME: home };
  const ran = await lifeboat(['run', DRILL, '--speed', '9'], env);
  expectRefusal(ran, 2, /MONGODB_ATLAS_CLIENT_ID and MONGODB_ATLAS_CLIENT_SECRET/);
  expect(ran.stderr).toContain('LIFEBOAT_PROTECTED_CLUSTERS: "orders" is not PROJECT/CLUSTER');
  expect(ran.stderr).toContain("The time of cloud.mongodb.com can't be sped up");
  expect(existsSync(home)).toBe(false);
});

it('leaves no job behind when the credentials are wrong', async () => {
  const home = await temporaryFolder();
  const atlas = await simulator();
  const clientSecret = 'mdb_sa_sk_not-the-secret';
  const env = environmentOf({ baseUrl: atlas.baseUrl, ...atlas.credentials, clientSecret });
  const ran = await lifeboat(['run', DRILL, '--home', home], env);
  expectRefusal(
    ran,
    2,
    /^Error: Atlas did not accept the credentials .*\nNothing was changed\.\nNext: .*MONGODB_ATLAS_CLIENT_SECRET/,
  );
  expect(ran.stderr).not.toContain(clientSecret);
  expect(await jobsIn(home)).toEqual([]);
});

it('leaves no job behind when Atlas cannot be reached', async () => {
  const home = await temporaryFolder();
  const baseUrl = `http://127.0.0.1:${await closedPort()}`;
  const env = environmentOf({ baseUrl, clientId: 'mdb_sa_id_x', clientSecret: 'y' });
  const ran = await lifeboat(['run', DRILL, '--speed', '10000', '--home', home], env);
  expectRefusal(ran, 1, /^Error: Atlas could not be reached at 127\.0\.0\.1:\d+ for .*\n/);
  expect(await jobsIn(home)).toEqual([]);
});

it('says that a port is taken', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  expectRefusal(
    await lifeboat(['simulator', '--port', String(port)]),
    2,
    new RegExp(`^Error: Port ${port} is taken by another program\\.\n`),
  );
});

it('says that a home cannot be one', async () => {
  expectRefusal(
    await lifeboat(['run', DRILL, '--simulate', '--home', '/dev/null/home']),
    2,
    /^Error: The home of Lifeboat, \/dev\/null\/home, is not a folder\.\n/,
  );
});

it('answers what was mistyped in one sentence', async () => {
  const [option, job] = await Promise.all([
    lifeboat(['run', DRILL, '--sped', '3']),
    lifeboat(['jobs', 'show', 'nope', '--home', await temporaryFolder()]),
  ]);
  expectRefusal(option, 2, /^Error: Unknown option '--sped'\.\n\(Did you mean .*--speed/);
  expectRefusal(job, 2, /^Error: There is no job nope\.\n/);
});

async function jobsIn(home: string): Promise<readonly unknown[]> {
  const history = await openHistory(home);
  try {
    return (await history.jobs.list({ by: 'all' }, { limit: 1 })).jobs;
  } finally {
    await history.close();
  }
}

async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

it('leaves no job behind where none can be claimed, and names the file', async () => {
  const home = await temporaryFolder();
  await writeFile(join(home, 'running'), 'in the way');
  const ran = await lifeboat(['run', DRILL, '--simulate', '--quiet', '--home', home]);
  expectRefusal(
    ran,
    2,
    /^Error: The home of Lifeboat, \S+, cannot be used: \S+\/running\S*: not a directory/,
  );
  const listed = await lifeboat(['jobs', 'list', '--json', '--home', home]);
  expect(JSON.parse(listed.stdout)).toMatchObject({ jobs: [] });
});
