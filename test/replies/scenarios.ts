import { readFileSync } from 'node:fs';
import { DEFAULT_WORLD } from '../../simulator/default-world.ts';
import { PRACTICE_IDS as IDS } from '../../simulator/practice-ids.ts';
import { campaignText, fleet, FLEET } from '../support/campaigns.ts';
import { nightText, nightWorld } from '../support/cutovers.ts';
import { pipelineText, pipelineWorld, WITH_EXPORT } from '../support/pipelines.ts';
import { runbookText, worldWith } from '../support/rehearsal.ts';

/** A job that is played on mutated replies. People approve whatever it asks. */
export interface Scenario {
  readonly text: string;
  /** Its verdict when all replies are as they should be; `passed` unless it says otherwise. */
  readonly ends?: 'failed';
  readonly world?: unknown;
}

function example(name: string): Scenario {
  return { text: readFileSync(new URL(`../../examples/${name}.yaml`, import.meta.url), 'utf8') };
}

const SNAPSHOT = '5e2f1c0a9d3b7a4c8e6f0f01';
const INDEX = '{ database: shop, collectionName: orders, name: default, mappings: { dynamic: true } }';
const ON_ORDERS_DRILL = `{ project: ${IDS.drillsId}, cluster: orders-drill }`;

/** One for each kind of job, and together every kind of step; by name. */
export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  drill: example('drill'),
  'drill-flex': example('drill-flex'),
  'drill-sharded': example('drill-sharded'),
  download: example('download'),
  'download-sharded': {
    text: runbookText({
      kind: 'restore',
      source: `{ project: ${IDS.productionId}, cluster: events }`,
      target: '',
      delivery: 'download',
      objectives: '',
    }),
  },
  'point-in-time': example('restore-point-in-time'),
  fresh: example('restore-fresh'),
  'recovery-night': example('recovery-night'),
  cutover: {
    text: nightText({
      maxWriteStop: '20m',
      timeouts: '{ ready: 20m, cutover: 20m, snapshot: 20m, job: 1h }',
      verify: '[{ name: same contents, use: measurements, with: { tolerance: 1 } }]',
      after: `[{ name: search, use: search-index, with: { indexes: [${INDEX}] } }]`,
    }),
    world: nightWorld({
      migration: { readyAfter: 30, cutoverSeconds: 20 },
      target: { onDemandSnapshots: { fails: false, seconds: 20 } },
    }),
  },
  pipeline: {
    text: pipelineText({ resume: 'true', floor: '{ documents: 10, bytes: 10 }', keptFor: '1d' }),
    world: pipelineWorld({ pipeline: { state: 'PAUSED' }, run: { waits: true, seconds: 120 } }),
  },
  export: {
    text: pipelineText({ ...WITH_EXPORT }),
    world: pipelineWorld({ project: { pipelinesWithdrawn: 404 }, export: { queued: 30, seconds: 120 } }),
  },
  campaign: {
    text: campaignText({ sources: `{ tagged: { projects: [${FLEET}], tags: { tier: silver } } }` }),
    world: fleet(),
  },
  'pipeline-run-step': {
    text: runbookText({
      source: `{ project: ${IDS.drillsId}, cluster: orders }`,
      verify: `[{ name: exported, use: pipeline-run, with: { pipeline: ${IDS.pipelineName}, run: ${IDS.pipelineRunId} } }]`,
    }),
    world: pipelineWorld({
      run: { snapshotId: SNAPSHOT, ageHours: 5 },
      project: {
        clusters: [{ name: 'orders', snapshots: [{ id: SNAPSHOT, ageHours: 6 }] }, { name: 'orders-drill' }],
      },
    }),
  },
  'drill-among-old-alerts': {
    text: runbookText(),
    world: {
      projects: DEFAULT_WORLD.projects.map((project) => ({
        ...project,
        alerts: project.name === 'drills' ? [{ cluster: 'orders-drill', ageHours: 30 }] : [],
      })),
    },
  },
  'download-that-takes-too-long': {
    ends: 'failed',
    text: runbookText({
      kind: 'restore',
      source: ON_ORDERS_DRILL,
      target: '',
      delivery: 'download',
      objectives: '',
      timeouts: '{ restore: 5m }',
    }),
    world: worldWith({
      name: 'orders-drill',
      scheduledDays: 3,
      restores: { fails: false, seconds: 1800 },
    }),
  },
};
