import { createAtlasClient } from '../../core/atlas/create-client.ts';
import type { AtlasClient } from '../../core/atlas/client.ts';
import { isoTime } from '../../core/clock.ts';
import type { JobStore } from '../../core/jobs/store.ts';
import type { TimelineEvent } from '../../core/jobs/timeline.ts';
import { OutboundError, type Outbound, type OutboundRequest } from '../../core/outbound.ts';
import { NO_POLICY } from '../../core/policy/policy.ts';
import type { Report } from '../../core/report/report.ts';
import type { WitnessedLook } from '../invariants/witness.ts';
import { inboxRequest } from '../support/atlas-exchange.ts';
import type { SimulatedContext } from './engines.ts';
import type { MemoryTable } from '../support/memory-table.ts';
import { type AtlasGround, simulatedTransport } from './simulated-atlas.ts';
import type { SimulatedProcess } from './simulated-process.ts';
import { simulatedStore } from './simulated-store.ts';

/** What all processes of a world share. */
export interface JobGround extends AtlasGround {
  readonly table: MemoryTable;
  /** Told of every event that a store gave back. */
  readonly onAppend: (event: TimelineEvent) => void;
  readonly onLook: (look: WitnessedLook) => void;
  readonly onReport: (report: Report) => void;
}

/** Where the simulated Atlas says that it is. */
export const ATLAS_URL = 'https://atlas.invalid';

/** Everything that a job is given in a process. */
export function contextIn(process: SimulatedProcess, ground: JobGround): SimulatedContext {
  const { clock } = process;
  return {
    clock,
    jobs: acknowledging(simulatedStore(process, ground.table, ground.trace), ground),
    atlas: looking(clientIn(process, ground), process, ground),
    outbound: outboundOf(process, ground),
    policy: NO_POLICY,
    reports: {
      put: (report) =>
        process.befall({ kind: 'store', changes: true }, async () => {
          await process.time.sleep(1);
          ground.onReport(structuredClone(report));
          return `memory:${report.jobId}`;
        }),
      place: (jobId) => `memory:${jobId}`,
    },
    delivery: () =>
      process.befall({ kind: 'task', changes: false }, (mishap) => {
        const trouble = mishap?.trouble;
        const isOften = trouble === 'delivered twice' || trouble === 'delivered twice at once';
        return Promise.resolve(isOften ? trouble : 'once');
      }),
  };
}

function clientIn(process: SimulatedProcess, ground: JobGround): AtlasClient {
  const { clientId, clientSecret } = ground.atlas.credentials;
  return createAtlasClient({
    baseUrl: ATLAS_URL,
    credentials: { kind: 'serviceAccount', clientId, clientSecret },
    clock: process.clock,
    random: process.random,
    transport: simulatedTransport(process, ground),
  });
}

function acknowledging(jobs: JobStore, { onAppend }: JobGround): JobStore {
  return {
    ...jobs,
    async append(jobId, event) {
      const written = await jobs.append(jobId, event);
      onAppend(written);
      return written;
    },
  };
}

/** Notes what Atlas tells of a migration under the instant at which it was asked. */
function looking(atlas: AtlasClient, { clock, time }: SimulatedProcess, { onLook }: JobGround): AtlasClient {
  const { liveMigrations } = atlas;
  return {
    ...atlas,
    liveMigrations: {
      ...liveMigrations,
      async getGroupLiveMigration(params) {
        const at = isoTime(time.now());
        const asked = isoTime(clock.now());
        const found = await liveMigrations.getGroupLiveMigration(params);
        const lagSeconds = found.lagTimeSeconds ?? null;
        onLook({
          migrationId: params.liveMigrationId,
          at,
          asked,
          ready: found.readyForCutover === true,
          lagSeconds,
        });
        return found;
      },
    },
  };
}

/** The way to systems of users': all of them are the simulator's inbox. */
function outboundOf(process: SimulatedProcess, { atlas, trace }: JobGround): Outbound {
  const post = async (request: OutboundRequest) => {
    trace.note(`${process.name} post ${request.headers['lifeboat-delivery'] ?? ''}`);
    const answer = await atlas.answer(inboxRequest(request));
    return { status: answer.kind === 'cut' ? 0 : answer.reply.status, text: '' };
  };
  return {
    secret: (name) => Promise.resolve(`https://practice.invalid/${name}`),
    post: (request) =>
      process.befall({ kind: 'post', changes: true }, async (mishap) => {
        await process.time.sleep(process.latency(20, 200));
        switch (mishap?.trouble) {
          case 'no answer':
            throw new OutboundError('the connection failed', { next: 'Look whether the receiver is up.' });
          case 'answer lost':
            await post(request);
            throw new OutboundError('the connection failed', { next: 'Look whether the receiver is up.' });
          case 'receiver fails':
            return { status: 503 };
          default:
            return post(request);
        }
      }),
  };
}
