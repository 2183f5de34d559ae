import type { Policy } from '../../core/policy/policy.ts';
import { PRACTICE_IDS as IDS } from '../../simulator/practice-ids.ts';
import { erasing, TARGET as ERASED } from '../support/approving.ts';
import { campaignText, fleet, FLEET } from '../support/campaigns.ts';
import { nightText, nightWorld } from '../support/cutovers.ts';
import { pipelineText, pipelineWorld, WITH_EXPORT } from '../support/pipelines.ts';
import { runbookText, worldWith } from '../support/rehearsal.ts';
import { readExample } from './stage/examples.ts';

/** A job, the world it runs in, and what people do meanwhile. */
export interface Scenario {
  readonly name: string;
  readonly text: string;
  readonly world?: unknown;
  /** Atlas carries the cutover out without an answer, and shows nobody the migration from then on. */
  readonly hidesCutover?: true;
  readonly policy?: Policy;
  /** People say yes to whatever is asked. */
  readonly approved?: true;
  /** Somebody cancels it once this event stands in its timeline. */
  readonly cancelledAfter?: string;
  /** How it ends when nothing goes wrong beside what the scenario is about. */
  readonly ends: 'passed' | 'failed' | 'cancelled';
  /** It has steps that are never sent again while their fate is not known: it may end by saying so instead. */
  readonly mayGiveUp?: true;
  /** A job that wants the same target; or why there is none. */
  readonly rival: { readonly text: string } | { readonly none: string };
}

const NO_TARGET = 'It overwrites nothing, so it needs no lease.';
const DRILL_TARGET = { name: 'orders-drill' };
const FLEX = {
  source: `{ project: ${IDS.productionId}, cluster: sessions }`,
  target: `{ project: ${IDS.drillsId}, cluster: sessions-drill }`,
};
const POST = (name: string) =>
  `[{ name: ${name}, use: webhook, with: { url: "https://ops.example.com/jobs" } }]`;
const INDEX = '{ database: shop, collectionName: orders, name: default, mappings: { dynamic: true } }';

const drill = runbookText();
const rival = { text: drill };

/** A migration night in which everything that may be there is there; it is over soon. */
const NIGHT = {
  maxWriteStop: '2h',
  notify: '[{ webhook: { url: "https://ops.example.com/jobs" }, on: [succeeded, failed, approvalWanted] }]',
  ready: '[{ name: calm, use: alerts, with: { types: [NO_PRIMARY], on: [target] } }]',
  before: '[{ name: everybody is here, use: approval, with: { prompt: Everybody is in the call. } }]',
  verify: '[{ name: same contents, use: measurements, with: { tolerance: 1 } }]',
  after: `[{ name: search, use: search-index, with: { indexes: [${INDEX}] } }]`,
  cleanup: POST('the night is over'),
};
const NIGHT_WORLD = nightWorld({
  migration: { readyAfter: 30, cutoverSeconds: 20 },
  target: { onDemandSnapshots: { fails: false, seconds: 20 } },
});
const night = nightText(NIGHT);

/** The jobs that the faults strike; together they reach every task and every kind of effect, which a test asserts. */
export const SCENARIOS: readonly Scenario[] = [
  { name: 'drill', text: drill, ends: 'passed', rival },
  {
    name: 'drill with a fresh snapshot',
    text: runbookText({ recoveryPoint: '{ fresh: {} }' }),
    ends: 'passed',
    rival,
  },
  { name: 'flex drill', text: runbookText(FLEX), ends: 'passed', rival: { text: runbookText(FLEX) } },
  {
    name: 'recovery night',
    text: readExample('recovery-night.yaml'),
    ends: 'passed',
    mayGiveUp: true,
    rival,
  },
  {
    name: 'approved restore',
    text: erasing({ notify: '[{ webhook: { url: "https://ops.example.com/jobs" } }]' }),
    policy: { protectedClusters: [ERASED] },
    approved: true,
    ends: 'passed',
    rival,
  },
  {
    name: 'restore that Atlas fails',
    text: runbookText({ cleanup: '[{ name: unpin the version, use: unpin-fcv }]' }),
    world: worldWith({ ...DRILL_TARGET, restores: { fails: true, seconds: 600 } }),
    ends: 'failed',
    rival,
  },
  {
    name: 'restore cancelled on its way',
    text: runbookText({ onCancel: 'follow' }),
    world: worldWith({ ...DRILL_TARGET, restores: { fails: false, seconds: 1800 } }),
    cancelledAfter: 'restore-started',
    ends: 'cancelled',
    rival,
  },
  {
    name: 'download cancelled on its way',
    text: runbookText({
      kind: 'restore',
      source: `{ project: ${IDS.drillsId}, cluster: orders-drill }`,
      target: '',
      delivery: 'download',
      objectives: '',
    }),
    world: worldWith({ ...DRILL_TARGET, scheduledDays: 3, restores: { fails: false, seconds: 1800 } }),
    cancelledAfter: 'restore-started',
    ends: 'cancelled',
    rival: { none: NO_TARGET },
  },
  {
    name: 'cutover',
    text: night,
    world: NIGHT_WORLD,
    approved: true,
    ends: 'passed',
    mayGiveUp: true,
    rival: { text: night },
  },
  {
    name: 'cutover whose lag stays high',
    text: nightText({ maxWriteStop: '5m' }),
    world: nightWorld({ migration: { readyAfter: 30, lagSeconds: 60 } }),
    approved: true,
    ends: 'failed',
    rival: { text: nightText({ maxWriteStop: '5m' }) },
  },
  {
    name: 'cutover that nobody can look at',
    text: nightText({ maxWriteStop: '2h', timeouts: '{ cutover: 5m }' }),
    world: NIGHT_WORLD,
    hidesCutover: true,
    approved: true,
    ends: 'failed',
    rival: { text: night },
  },
  {
    name: 'cutover cancelled on its way',
    text: night,
    world: NIGHT_WORLD,
    approved: true,
    cancelledAfter: 'cutover-accepted',
    ends: 'cancelled',
    rival: { text: night },
  },
  {
    name: 'paused pipeline',
    text: pipelineText({ resume: 'true', floor: '{ documents: 10 }', keptFor: '1d' }),
    world: pipelineWorld({ pipeline: { state: 'PAUSED' }, run: { waits: true, seconds: 120 } }),
    ends: 'passed',
    rival: { none: NO_TARGET },
  },
  {
    name: 'approved pipeline that Atlas fails',
    text: pipelineText({ approval: '{}' }),
    world: pipelineWorld({ run: { fails: true, seconds: 120 } }),
    approved: true,
    ends: 'failed',
    rival: { none: NO_TARGET },
  },
  {
    name: 'withdrawn pipeline',
    text: pipelineText({
      ...WITH_EXPORT,
      resume: 'true',
      ready: POST('it begins'),
      verify: '[{ name: calm, use: alerts, with: { types: [NO_PRIMARY], on: [source] } }]',
      after: POST('it is there'),
      cleanup: POST('it is over'),
    }),
    world: pipelineWorld({ project: { pipelinesWithdrawn: 404 }, export: { queued: 30, seconds: 120 } }),
    ends: 'passed',
    rival: { none: NO_TARGET },
  },
  {
    name: 'campaign',
    text: campaignText({ sources: `{ tagged: { projects: [${FLEET}], tags: { tier: silver } } }` }),
    world: fleet({ fraud: { version: '8.2.1' } }),
    ends: 'failed',
    rival: { none: 'Each of its drills takes a lease as a drill does; see there.' },
  },
];
