import { clustersOfLastCampaign } from '../commands/last-campaign.ts';
import { clusterName, type ClusterRef } from '../runbooks/cluster.ts';
import { parseRunbook } from '../runbooks/parse-runbook.ts';
import { RunbookError } from '../runbooks/runbook-error.ts';
import { scheduleOf, type RunbookSchedule } from '../runbooks/schedule-of.ts';
import type { Runbook } from '../runbooks/schema.ts';
import { nextDue } from '../schedules/due.ts';
import { expressionOf } from '../schedules/expression.ts';
import type { HttpHost, RunbookStore } from './host.ts';

/** What is known of runbooks and of the past. */
type DrillsHost = Pick<HttpHost, 'runbooks' | 'jobs' | 'atlasUrl' | 'clock'>;

/** Runs of a schedule that are looked ahead: those of two weeks of working days. */
const LOOKED_AHEAD = 10;

/** Seconds that a drill may take before it is missed. */
const LONGEST_DRILL = 24 * 3600;

/**
 * The clusters that kept runbooks rehearse, as `project/cluster`, and how many seconds after a good drill the next one must
 * have been: the longest gap of the schedule, and what a drill takes to begin and to end. Undefined where nothing is
 * scheduled. Of a campaign that finds its clusters by tags they are those of its last run, so before the first there are none.
 *
 * @throws HistoryUnavailableError
 */
export async function drillsDue(host: DrillsHost): Promise<Map<string, number | undefined>> {
  const { runbooks, clock } = host;
  const now = clock.now();
  const due = new Map<string, number | undefined>();
  for (const name of await runbooks.names()) {
    const runbook = await readRunbook(runbooks, name);
    if (runbook === undefined) continue;
    const schedule = scheduleOf(runbook);
    const seconds = schedule === undefined ? undefined : secondsBetweenDrills(schedule, now);
    for (const cluster of await drilledBy(runbook, host)) {
      const name = clusterName(cluster);
      due.set(name, sooner(due.get(name), seconds));
    }
  }
  return due;
}

/** Undefined for one that is not there, or is wrong: the list of runbooks tells of that. */
async function readRunbook(runbooks: RunbookStore, name: string): Promise<Runbook | undefined> {
  const kept = await runbooks.read(name);
  if (kept === undefined) return undefined;
  try {
    return parseRunbook(kept.text, name, kept.readBeside);
  } catch (error) {
    if (error instanceof RunbookError) return undefined;
    throw error;
  }
}

async function drilledBy(runbook: Runbook, { jobs, atlasUrl }: DrillsHost): Promise<readonly ClusterRef[]> {
  if (runbook.kind === 'drill') return [runbook.source];
  if (runbook.kind !== 'campaign') return [];
  // Atlas is not asked who has the tags now: whoever measures has no credentials for it.
  if ('tagged' in runbook.sources) return clustersOfLastCampaign(runbook, jobs, atlasUrl);
  return runbook.sources.clusters;
}

function sooner(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? (one ?? other) : Math.min(one, other);
}

function secondsBetweenDrills(schedule: RunbookSchedule, now: number): number {
  const { expression, timezone, flexibleMinutes, startWithinSeconds } = schedule;
  const begun = { expression: expressionOf(expression), timezone, beganAt: now };
  let longest = 0;
  let last = nextDue(begun, now);
  for (let count = 0; count < LOOKED_AHEAD && last !== undefined; count += 1) {
    const next = nextDue(begun, last);
    if (next !== undefined) longest = Math.max(longest, next - last);
    last = next;
  }
  return longest / 1000 + flexibleMinutes * 60 + startWithinSeconds + LONGEST_DRILL;
}
