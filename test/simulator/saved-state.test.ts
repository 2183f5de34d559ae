import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { savedInstant } from '../../simulator/saved-state.ts';
import { startSimulator } from '../../simulator/simulator.ts';
import {
  type Answer,
  type Body,
  DRILLS,
  type Practice,
  PRODUCTION,
  startPractice,
} from './practice-client.ts';
import { RECOVERY_CALLS } from './recovery-calls.ts';

const JOBS = `${PRODUCTION}/clusters/orders/backup/restoreJobs`;

let folder: string;
let statePath: string;
let practice: Practice | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'simulator-'));
  statePath = join(folder, 'world.json');
});
afterEach(async () => {
  await practice?.simulator.close();
  rmSync(folder, { recursive: true });
});

/** Starts a simulator on the state, with the clock where the last one left off. */
async function start(): Promise<Practice> {
  await practice?.simulator.close();
  const last = practice?.clock.now();
  practice = await startPractice({ statePath });
  if (last !== undefined) practice.clock.advance((last - practice.clock.now()) / 1000);
  return practice;
}

async function newestSnapshot(on: Practice): Promise<Body> {
  const path = `${PRODUCTION}/clusters/orders/backup/snapshots`;
  const { body } = await on.call('listBackupSnapshots', 'GET', path);
  return body.results!.find((snapshot) => snapshot.status === 'completed')!;
}

async function restore(on: Practice): Promise<Answer> {
  const { id } = await newestSnapshot(on);
  const target = { targetGroupId: DRILLS, targetClusterName: 'orders-drill' };
  const body = { deliveryType: 'automated', snapshotId: id, ...target };
  return on.call('createBackupRestoreJob', 'POST', JOBS, { body });
}

it('goes on where another process stopped', async () => {
  const first = await start();
  const credentials = first.simulator.credentials;
  const created = await restore(first);
  const snapshot = await newestSnapshot(first);
  first.clock.advance(5);
  const second = await start();
  expect(second.simulator.credentials).toEqual(credentials);
  expect(second.simulator.restoreJobCount()).toBe(1);
  expect(await newestSnapshot(second)).toEqual(withPort(snapshot, first, second));
  second.clock.advance(1300);
  const read = await second.call('getBackupRestoreJob', 'GET', `${JOBS}/${created.body.id}`);
  expect(read.body).toHaveProperty('finishedAt');
  const again = await restore(second);
  expect(again.status).toBe(200);
  expect(again.body.id).not.toBe(created.body.id);
});

function withPort(body: Body, from: Practice, to: Practice): unknown {
  return JSON.parse(JSON.stringify(body).replaceAll(from.simulator.baseUrl, to.simulator.baseUrl));
}

it('has written a job before it is answered, and leaves nothing else behind', async () => {
  const created = await restore(await start());
  const written = JSON.parse(readFileSync(statePath, 'utf8')) as { restoreJobs: { id: string }[] };
  expect(written.restoreJobs.map(({ id }) => id)).toEqual([created.body.id]);
  expect(readdirSync(folder)).toEqual(['world.json']);
});

it('keeps every change that was made, before its reply and across a restart', async () => {
  const first = await start();
  const state = (): string => readFileSync(statePath, 'utf8');
  for (const { operation, method, path, body } of RECOVERY_CALLS) {
    const before = state();
    await first.call(operation, method, path, { body });
    if (method === 'GET') expect(state(), operation).toBe(before);
    else expect(state(), operation).not.toBe(before);
  }
  const reads = RECOVERY_CALLS.filter(({ method }) => method === 'GET');
  const seen = async (on: Practice): Promise<unknown[]> => {
    const answers: unknown[] = [];
    for (const { operation, path } of reads) {
      answers.push(withPort((await on.call(operation, 'GET', path)).body, on, first));
    }
    return answers;
  };
  const before = await seen(first);
  const changes = first.simulator.changes();
  const second = await start();
  expect(await seen(second)).toEqual(before);
  expect(second.simulator.changes()).toEqual(changes);
  const world = JSON.parse(state()) as { projects: { name: string; managedSlowMs: boolean }[] };
  expect(world.projects.find(({ name }) => name === 'drills')?.managedSlowMs).toBe(true);
});

it('tells when it was last saved, which never goes back', async () => {
  expect(savedInstant(statePath)).toBeUndefined();
  const { clock, ...rest } = await start();
  clock.advance(60);
  await restore({ clock, ...rest });
  const saved = savedInstant(statePath);
  expect(saved).toBe(clock.now());
  clock.advance(-30);
  await start();
  expect(savedInstant(statePath)).toBe(saved);
});

it('refuses a file that is something else', async () => {
  writeFileSync(statePath, '{"format":9}');
  await expect(start()).rejects.toMatchObject({ name: 'SimulatorFileError' });
  writeFileSync(statePath, 'half a fi');
  expect(() => savedInstant(statePath)).toThrow(/is not JSON/);
});

it('says so when its port is taken', async () => {
  const { clock, simulator } = await start();
  const port = Number(new URL(simulator.baseUrl).port);
  await expect(startSimulator({ clock, seed: 1, speed: 1, port })).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
});
