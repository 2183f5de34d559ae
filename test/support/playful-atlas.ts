import { AtlasError, AtlasReplyLostError } from '../../core/atlas/errors.ts';
import type { AtlasClient } from '../../core/atlas/client.ts';
import type { ManualClock } from './manual-clock.ts';

/** From an instant on, a migration is so. Seconds since it began. */
export interface Stretch {
  readonly from: number;
  readonly status: string;
  readonly ready: boolean;
  /** Null shows none. */
  readonly lag: number | null;
  /** Nobody can look. */
  readonly silent: boolean;
}

/** What becomes of a request to cut over. */
export type Reaction =
  | 'accepted'
  /** Carried out, and the answer is lost. */
  | 'lost'
  /** The answer is lost, and the request arrives some time later. */
  | 'late'
  /** Carried out, answered for with silence, and not to be seen for a while. */
  | 'lost, unseen'
  | 'never arrived'
  | 'too many'
  | 'refused';

/** A request to cut over as it was sent. */
export interface SentCutover {
  /** Seconds since the migration began. */
  readonly at: number;
  /** How the migration truly stood then. */
  readonly stood: Stretch;
  /** Whether an earlier one had been carried out by then, or still was on its way. */
  readonly afterAnother: boolean;
}

/** An Atlas that plays the history of one migration. */
export interface PlayfulAtlas {
  readonly client: AtlasClient;
  readonly sent: readonly SentCutover[];
  /** Seconds since the migration began at which a cutover took effect, one for each. */
  effects(): readonly number[];
  seconds(): number;
}

/** How an Atlas plays. Times in seconds. */
export interface Play {
  /** In order, the first from 0. */
  readonly history: readonly Stretch[];
  /** One for each request; the last repeats. */
  readonly reactions: readonly Reaction[];
  /** For `late` and `lost, unseen`; shorter than a request may be on its way. */
  readonly delay: number;
  readonly cutoverSeconds: number;
  readonly ends: 'COMPLETE' | 'FAILED';
  /** How long looks at the migration take, one after the other and again from the first. */
  readonly latencies: readonly number[];
}

const READ = {
  operation: 'getGroupLiveMigration',
  effect: 'read',
  roles: [],
  label: 'the migration',
} as const;
const CHANGE = { operation: 'cutoverMigration', effect: 'change', roles: [], label: 'the cutover' } as const;

const refusal = (status: number) => new AtlasError(CHANGE, { status, parameters: [] });
const lost = () => new AtlasReplyLostError(CHANGE, 'cut', undefined);

/** Opens an Atlas. Everything but the migration is as it should be. */
export function playfulAtlas(play: Play, clock: ManualClock): PlayfulAtlas {
  const began = clock.now();
  let looks = 0;
  const sent: SentCutover[] = [];
  const taken: { readonly at: number; readonly seenFrom: number }[] = [];
  const seconds = () => (clock.now() - began) / 1000;
  const stretch = (): Stretch => {
    const now = play.history.findLast(({ from }) => from <= seconds());
    if (now === undefined) throw new TypeError('The history begins at 0.');
    return now;
  };
  const effect = () => taken.find(({ at }) => at <= seconds());

  const look = () => {
    clock.advance(play.latencies[looks % play.latencies.length] ?? 0);
    looks += 1;
    const { status, ready, lag, silent } = stretch();
    if (silent) throw new AtlasError(READ, { status: 503, parameters: [] });
    const done = effect();
    if (done === undefined || done.seenFrom > seconds()) {
      return { status, readyForCutover: ready, ...(lag !== null && { lagTimeSeconds: lag }) };
    }
    return {
      status: seconds() < done.at + play.cutoverSeconds ? 'WORKING' : play.ends,
      readyForCutover: false,
    };
  };
  const put = () => {
    const reaction = play.reactions[Math.min(sent.length, play.reactions.length - 1)] ?? 'accepted';
    const afterAnother = taken.length > 0;
    sent.push({ at: seconds(), stood: stretch(), afterAnother });
    if (effect() !== undefined) throw refusal(400);
    const take = (delay: number, unseen: number) => {
      taken.push({ at: seconds() + delay, seenFrom: seconds() + delay + unseen });
    };
    switch (reaction) {
      case 'accepted':
        take(0, 0);
        return;
      case 'lost':
        take(0, 0);
        throw lost();
      case 'late':
        take(play.delay, 0);
        throw lost();
      case 'lost, unseen':
        take(0, play.delay);
        throw lost();
      case 'never arrived':
        throw lost();
      case 'too many':
        throw refusal(429);
      case 'refused':
        throw refusal(400);
    }
  };

  const snapshot = { id: '6a0000000000000000000001', status: 'completed', snapshotType: 'onDemand' };
  const empty = async function* () {
    await Promise.resolve();
    yield* [];
  };
  const client = {
    liveMigrations: {
      getGroupLiveMigration: async () => Promise.resolve().then(look),
      cutoverMigration: async () => Promise.resolve().then(put),
    },
    clusters: {
      getCluster: async () =>
        Promise.resolve({ name: 'orders', clusterType: 'REPLICASET', stateName: 'IDLE', paused: false }),
    },
    alerts: { listAlerts: empty },
    snapshots: {
      listBackupSnapshots: empty,
      takeSnapshots: async () => Promise.resolve(snapshot),
      getClusterBackupSnapshot: async () => Promise.resolve(snapshot),
    },
  } as unknown as AtlasClient;
  return { client, sent, effects: () => taken.map(({ at }) => at), seconds };
}
