import { ulid } from 'ulid';
import { startJob } from '../../../core/commands/start-job.ts';
import { isoTime } from '../../../core/clock.ts';
import type { Job } from '../../../core/jobs/job.ts';
import { BROUGHT } from '../../../core/policy/origin.ts';
import { NO_POLICY, type Policy } from '../../../core/policy/policy.ts';
import type { JobStore } from '../../../core/jobs/store.ts';
import { createJobStore } from '../../../core/jobs/table/job-store.ts';
import { seededRandom } from '../../../core/random.ts';
import { parseRunbook } from '../../../core/runbooks/parse-runbook.ts';
import type { Runbook } from '../../../core/runbooks/schema.ts';
import type { Answer } from '../../../simulator/door.ts';
import { openPracticeAtlas } from '../../../simulator/practice-atlas.ts';
import type { WitnessedCutover, WitnessedLook, WitnessedRequest } from '../../invariants/witness.ts';
import { memoryTable } from '../../support/memory-table.ts';
import { virtualTime } from '../../simulation/virtual-time.ts';
import { readExample } from './examples.ts';
import type { Ground, Mutant } from './ground.ts';
import { requestOf, lookOf } from '../../support/watch-atlas.ts';

/** A world in memory in which jobs run. */
export interface Stage extends Ground {
  /** The history without anything in between. */
  readonly jobs: JobStore;
  readonly jobIds: readonly string[];
  readonly requests: readonly WitnessedRequest[];
  readonly cutovers: readonly WitnessedCutover[];
  readonly looks: readonly WitnessedLook[];
  /** What must be kept nowhere. */
  readonly secrets: readonly string[];
  /** Writes the record of a job. */
  start(text: string, policy?: Policy): Promise<Job>;
}

/** How to open a stage. */
export interface StageOptions {
  readonly world?: unknown;
  /** Atlas carries a cutover out without an answer, and shows nobody its migration from then on. */
  readonly hidesCutover?: true;
  /** The parsed content of a faults file, for what Atlas itself does in a scenario. */
  readonly faults?: unknown;
  readonly mutant?: Mutant;
}

const BEGIN = Date.parse('2026-08-10T03:00:00.000Z');
/** What tells of a cutover. */
const OF_A_CUTOVER = ['cutoverMigration', 'getGroupLiveMigration'];

const BASE_URL = 'http://atlas.invalid';

/** Opens a stage; nothing has to be closed. */
export function openStage({ world, faults, hidesCutover, mutant = {} }: StageOptions = {}): Stage {
  const time = virtualTime(BEGIN, seededRandom(1));
  const clock = { now: () => time.now(), sleep: (milliseconds: number) => time.sleep(milliseconds) };
  const options = { clock, seed: 1, speed: 1, world, faults };
  const atlas = openPracticeAtlas(options, () => BASE_URL);
  const table = memoryTable();
  const jobs = createJobStore(table);
  const jobIds: string[] = [];
  const requests: WitnessedRequest[] = [];
  const cutovers: WitnessedCutover[] = [];
  const looks: WitnessedLook[] = [];
  const secrets: string[] = [atlas.credentials.clientSecret];
  return {
    ...{ time, table, atlas, jobs, jobIds, requests, cutovers, looks, secrets },
    baseUrl: BASE_URL,
    reports: new Map(),
    acknowledged: [],
    meter: { effects: 0, onOverrun: () => undefined },
    delivered: new Set(),
    mutant,
    async answer(incoming, operation, asker) {
      const at = isoTime(time.now());
      const before = atlas.changes().length;
      const answer = await atlas.answer(incoming);
      const request = requestOf(operation, incoming);
      const carriedOut = atlas.changes().length > before;
      if (request !== undefined) requests.push({ ...request, at, carriedOut });
      if (request?.what === 'cutover' && carriedOut)
        cutovers.push({ migrationId: request.of, at, ...(asker?.by !== undefined && { by: asker.by }) });
      const look = lookOf(operation, incoming, answer);
      if (look !== undefined) looks.push({ ...look, at, asked: asker?.asked ?? at });
      if (operation === 'oauthToken') secrets.push(...tokenIn(answer));
      const isHidden = hidesCutover === true && cutovers.length > 0 && OF_A_CUTOVER.includes(operation);
      return isHidden ? { kind: 'cut' } : answer;
    },
    async start(text, policy = NO_POLICY) {
      const jobId = ulid(time.now(), () => 0.5 + jobIds.length / 100);
      jobIds.push(jobId);
      const runbook = parsed(text);
      const by = { type: 'cli', who: 'tester' } as const;
      const made = { jobId, runbook, runbookText: text, policy, origin: BROUGHT, startedBy: by, seed: 7 };
      return startJob(made, jobs, clock);
    },
  };
}

const runbooks = new Map<string, Runbook>();

/** The same few texts are played thousands of times. */
function parsed(text: string): Runbook {
  const runbook = runbooks.get(text) ?? parseRunbook(text, 'runbook.yaml', readExample);
  runbooks.set(text, runbook);
  return runbook;
}

function tokenIn(answer: Answer): string[] {
  if (answer.kind === 'cut' || answer.reply.status !== 200) return [];
  return [(JSON.parse(answer.reply.body) as { readonly access_token: string }).access_token];
}
