import type { Clock } from '../core/clock.ts';
import type { Incoming } from './api.ts';
import { auth } from './auth.ts';
import { DEFAULT_WORLD } from './default-world.ts';
import { type Answer, answerIncoming } from './door.ts';
import { parseFaults } from './faults.ts';
import { restoreJobRecords } from './practice-api.ts';
import type { ChangeRecord, InboxRecord, RequestRecord, RestoreJobRecord } from './records.ts';
import { rateLimits } from './rate-limits.ts';
import { loadState, saveState } from './saved-state.ts';
import type { World } from './world.ts';
import { worldFromFile } from './world-file.ts';

/** How to open an Atlas to practise on. */
export interface PracticeOptions {
  /** The time the simulated Atlas lives in; it is only ever read. */
  readonly clock: Clock;
  /** Chooses durations, identifiers and the fate of faults with a probability. */
  readonly seed: number;
  /** How much faster than the wall this clock runs; for information, `GET /simulator/clock` tells it. */
  readonly speed: number;
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

/** What can be told of a simulated Atlas. */
export interface PracticeRecords {
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
}

/** A simulated Atlas without its network. */
export interface PracticeAtlas extends PracticeRecords {
  /** Everything there is in it, as it stands; nobody but Atlas changes it. */
  readonly world: Readonly<World>;
  /** Answers a request as the HTTP server does, which has no other way in. */
  answer(incoming: Incoming): Promise<Answer>;
  /** Ends the delays of what is still to be answered. */
  close(): void;
}

/** Requests that are remembered. */
const REMEMBERED = 1000;

/**
 * Opens a simulated Atlas in this process.
 *
 * @param baseUrl the origin that the links in its replies lead to.
 * @throws SimulatorFileError when a world, faults or state file cannot be used, and the error of `node:fs` when the state
 * cannot be written.
 */
export function openPracticeAtlas(options: PracticeOptions, baseUrl: () => string): PracticeAtlas {
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
  const parts = {
    clock,
    speed: options.speed,
    faults,
    context: () => ({ world, auth: signIn, limits, baseUrl: baseUrl(), save }),
    closing: closing.signal,
    record(request: RequestRecord) {
      log.push(request);
      if (log.length > REMEMBERED) log.shift();
    },
  };
  save(clock.now());
  return {
    world,
    credentials: firstCredential(world),
    requests: () => [...log],
    restoreJobs: () => restoreJobRecords(world, clock.now()),
    restoreJobCount: () => world.restoreJobs.length,
    changes: () => [...world.changes],
    inbox: () => [...world.inbox],
    answer: (incoming) => answerIncoming(parts, incoming),
    close: () => {
      closing.abort();
    },
  };
}

function openWorld(options: PracticeOptions): World {
  const saved = options.statePath === undefined ? undefined : loadState(options.statePath);
  return saved ?? worldFromFile(options.world ?? DEFAULT_WORLD, options.seed, options.clock.now());
}

function firstCredential(world: World): SimulatorCredentials {
  const [first] = world.credentials;
  if (!first) throw new Error('A world has at least one credential.');
  const { clientId, clientSecret, publicKey, privateKey } = first;
  return { clientId, clientSecret, publicKey, privateKey };
}
