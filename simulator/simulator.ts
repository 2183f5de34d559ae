import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../core/clock.ts';
import { auth } from './auth.ts';
import { DEFAULT_WORLD } from './default-world.ts';
import { parseFaults } from './faults.ts';
import { restoreJobRecords } from './practice-api.ts';
import type { ChangeRecord, InboxRecord, RequestRecord, RestoreJobRecord } from './records.ts';
import { rateLimits } from './rate-limits.ts';
import { httpServer } from './server.ts';
import { loadState, saveState } from './saved-state.ts';
import type { World } from './world.ts';
import { worldFromFile } from './world-file.ts';

/** How to start an Atlas to practise on. */
export interface SimulatorOptions {
  /** The time the simulated Atlas lives in; it is only ever read. */
  readonly clock: Clock;
  /** Chooses durations, identifiers and the fate of faults with a probability. */
  readonly seed: number;
  /** How much faster than the wall this clock runs; for information, `GET /simulator/clock` tells it. */
  readonly speed: number;
  /** TCP port on 127.0.0.1; 0 or absent takes a free one. */
  readonly port?: number;
  /** The parsed content of a world file; absent gives the default world. */
  readonly world?: unknown;
  /** The parsed content of a faults file. */
  readonly faults?: unknown;
  /** File that keeps the state, so that another process can go on with it. */
  readonly statePath?: string;
}

/** What a client signs in with. */
interface SimulatorCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly publicKey: string;
  readonly privateKey: string;
}

/** A running simulator. */
export interface Simulator {
  /** Where it listens, for example `http://127.0.0.1:49152`. */
  readonly baseUrl: string;
  readonly credentials: SimulatorCredentials;
  /** The latest requests, oldest first; at most 1,000 are kept. */
  requests(): readonly RequestRecord[];
  /** Every restore job ever created, oldest first. */
  restoreJobs(): readonly RestoreJobRecord[];
  restoreJobCount(): number;
  /** Every change ever made through the API, oldest first; a request that was refused made none. */
  changes(): readonly ChangeRecord[];
  /** What jobs posted to systems of their users', oldest first; the latest 500 are kept. */
  inbox(): readonly InboxRecord[];
  /** Stops listening and cuts open connections. */
  close(): Promise<void>;
}

/** Requests that are remembered. */
const REMEMBERED = 1000;

/**
 * Starts a simulated Atlas on 127.0.0.1.
 *
 * With a `statePath` whose file exists, the world goes on from there and `world` and `seed` are what they were;
 * start the clock no earlier than `savedInstant` says.
 *
 * @throws SimulatorFileError when a world, faults or state file cannot be used.
 * @throws the error of `node:net` when the port is taken, or of `node:fs` when the state cannot be written.
 */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { clock, statePath } = options;
  const faults = parseFaults(options.faults, options.seed);
  const world = openWorld(options);
  const limits = rateLimits();
  const signIn = auth(world.credentials, limits, world.seed);
  const log: RequestRecord[] = [];
  const closing = new AbortController();
  const save = (now: number): void => {
    if (statePath !== undefined) saveState(statePath, world, now);
  };
  let baseUrl = '';
  const server = httpServer({
    clock,
    speed: options.speed,
    faults,
    context: () => ({ world, auth: signIn, limits, baseUrl, save }),
    closing: closing.signal,
    record(request) {
      log.push(request);
      if (log.length > REMEMBERED) log.shift();
    },
  });
  save(clock.now());
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    baseUrl,
    credentials: firstCredential(world),
    requests: () => [...log],
    restoreJobs: () => restoreJobRecords(world, clock.now()),
    restoreJobCount: () => world.restoreJobs.length,
    changes: () => [...world.changes],
    inbox: () => [...world.inbox],
    async close() {
      closing.abort();
      const closed = new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      });
      server.closeAllConnections();
      await closed;
    },
  };
}

function openWorld(options: SimulatorOptions): World {
  const saved = options.statePath === undefined ? undefined : loadState(options.statePath);
  return saved ?? worldFromFile(options.world ?? DEFAULT_WORLD, options.seed, options.clock.now());
}

function firstCredential(world: World): SimulatorCredentials {
  const [first] = world.credentials;
  if (!first) throw new Error('A world has at least one credential.');
  const { clientId, clientSecret, publicKey, privateKey } = first;
  return { clientId, clientSecret, publicKey, privateKey };
}
