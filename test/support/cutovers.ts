import { onTestFinished } from 'vitest';
import type { AtlasClient } from '../../core/atlas/client.ts';
import { decideJob } from '../../core/commands/decide-job.ts';
import { openRequest } from '../../core/jobs/approvals/open-request.ts';
import { isCutoverJob, type CutoverJob, type Job } from '../../core/jobs/job.ts';
import type { CutoverRunbook } from '../../core/runbooks/kinds/cutover.ts';
import { parseRunbook } from '../../core/runbooks/parse-runbook.ts';
import { PRACTICE_IDS as IDS } from '../../simulator/practice-ids.ts';
import type { WorldFile } from '../../simulator/world-schema.ts';
import { openRehearsal, type Rehearsal } from './rehearsal.ts';

type Project = WorldFile['projects'][number];
type Migration = NonNullable<Project['liveMigrations']>[number];
type Cluster = NonNullable<Project['clusters']>[number];
type LiveMigration = Awaited<ReturnType<AtlasClient['liveMigrations']['getGroupLiveMigration']>>;

/** The cluster that is migrated into. */
export const TARGET = `${IDS.platformId}/orders`;

/** What differs in the world of a migration night. */
export interface NightWorld {
  readonly migration?: Partial<Migration>;
  readonly target?: Partial<Cluster>;
}

/** A world of two clusters and a migration between them, which has just begun and is ready after ten minutes. */
export function nightWorld({ migration = {}, target = {} }: NightWorld = {}): WorldFile {
  const databases = [{ name: 'shop', collections: 12, indexes: 31, objects: 4_200_000, objectBytes: 910 }];
  return {
    projects: [
      { id: IDS.productionId, name: 'production', clusters: [{ name: 'orders', databases }] },
      {
        id: IDS.platformId,
        name: 'platform',
        clusters: [{ name: 'orders', scheduledDays: 2, ...target }],
        liveMigrations: [
          {
            id: IDS.ordersMigrationId,
            ageHours: 0,
            readyAfter: 600,
            lagSeconds: 1,
            target: 'orders',
            source: { project: IDS.productionId, cluster: 'orders' },
            cutoverSeconds: 240,
            ...migration,
          },
        ],
      },
    ],
  };
}

function hook(name: string, writes: string): string {
  return `[{ name: ${name}, use: webhook, with: { url: https://shop.example.com/writes, body: { writes: ${writes} } } }]`;
}

/** The runbook of that night, with parts replaced or added. Values are YAML; an empty one leaves the key out. */
export function nightText(parts: Readonly<Record<string, string>> = {}): string {
  const base: Record<string, string> = {
    version: '1',
    kind: 'cutover',
    name: 'orders-night',
    migration: IDS.ordersMigrationId,
    source: `{ project: ${IDS.productionId}, cluster: orders }`,
    target: `{ project: ${IDS.platformId}, cluster: orders }`,
    lag: '{ atMost: 5s, readings: 3, every: 10s }',
    maxWriteStop: '10m',
    rollback: '"{{side}} of {{migration}}: back to {{source}}"',
    stopWrites: hook('stop', 'stop'),
    switchWrites: hook('switch', 'target'),
    resumeWrites: hook('resume', 'source'),
    ...parts,
  };
  return Object.entries(base)
    .filter(([, value]) => value !== '')
    .map(([key, value]) => `${key}: ${value}\n`)
    .join('');
}

/** The cutover in a text of YAML. */
export function parseCutover(text: string): CutoverRunbook {
  const runbook = parseRunbook(text, 'runbook.yaml');
  if (runbook.kind !== 'cutover') throw new TypeError(`${runbook.name} is a ${runbook.kind}, not a cutover.`);
  return runbook;
}

/** A job that must be a cutover. */
export function asCutover(job: Job): CutoverJob {
  if (!isCutoverJob(job)) throw new TypeError(`Job ${job.jobId} is a ${job.kind}, not a cutover.`);
  return job;
}

/** What a migration night is played with. */
export interface NightOptions {
  readonly parts?: Readonly<Record<string, string>>;
  readonly world?: NightWorld;
  readonly faults?: readonly object[];
  /** Nobody answers when it is false. */
  readonly approved?: boolean;
  /** By default the test closes it. */
  readonly keptOpen?: boolean;
}

/** A migration night in a rehearsal. */
export interface Night {
  readonly at: Rehearsal;
  readonly jobId: string;
  run(
    ...other: Parameters<Rehearsal['run']> extends [string, ...infer Rest] ? Rest : never
  ): Promise<CutoverJob>;
  /** The types of the timeline's events. */
  types(): Promise<string[]>;
  /** How many cutovers Atlas accepted. */
  cutovers(): number;
  /** How many requests to cut over were sent. */
  requests(): number;
  /** The names of the steps that reached the application, in order. */
  posted(): string[];
}

/** Opens a night. */
export async function openNight(options: NightOptions = {}): Promise<Night> {
  const { parts, world, faults, approved = true, keptOpen = false } = options;
  const at = await openRehearsal({ world: nightWorld(world), ...(faults !== undefined && { faults }) });
  if (!keptOpen) onTestFinished(() => at.close());
  const { jobId } = await at.start(nightText(parts));
  if (approved) approveAll(at, jobId);
  return {
    at,
    jobId,
    run: async (...other) => asCutover(await at.run(jobId, ...other)),
    types: async () => (await at.jobs.timeline(jobId)).map(({ type }) => type),
    cutovers: () => at.simulator.changes().filter(({ operation }) => operation === 'cutoverMigration').length,
    requests: () =>
      at.simulator.requests().filter(({ operation }) => operation === 'cutoverMigration').length,
    posted: () => at.simulator.inbox().map(({ body }) => (JSON.parse(body) as { step: string }).step),
  };
}

/** What somebody who looks at a migration is told of it, made of what Atlas says. */
type Sight = (seen: LiveMigration) => LiveMigration;

/** Plays a night in which every look at the migration gives something else than Atlas says. */
export function runSeeing(night: Night, sight: Sight): Promise<CutoverJob> {
  const { context } = night.at;
  const { liveMigrations } = context.atlas;
  const seeing: typeof liveMigrations = {
    ...liveMigrations,
    getGroupLiveMigration: async (params) => sight(await liveMigrations.getGroupLiveMigration(params)),
  };
  return night.run({ context: { ...context, atlas: { ...context.atlas, liveMigrations: seeing } } });
}

/** From the request to cut over on, nobody sees what becomes of the migration. */
export function blindAfterRequest(night: Night): Sight {
  return (seen) => (night.requests() === 0 ? seen : { ...seen, status: 'PAUSING', readyForCutover: false });
}

/** Approves each request as soon as the timeline tells of it. */
export function approveAll(at: Rehearsal, jobId: string): void {
  at.when('approval-wanted', async () => {
    approveAll(at, jobId);
    await approve(at, jobId);
  });
}

/** Approves what is asked now, unless somebody has. */
export async function approve(at: Pick<Rehearsal, 'jobs' | 'clock'>, jobId: string): Promise<void> {
  const request = openRequest(await at.jobs.get(jobId))?.request;
  if (request === undefined || request.decisions.length > 0) return;
  const by = { type: 'cli', who: 'anna' } as const;
  await decideJob(
    jobId,
    { decision: 'approve', by, reason: 'Go on.', plan: request.plan.hash },
    at.jobs,
    at.clock,
  );
}
