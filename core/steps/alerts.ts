import { collect } from '../atlas/collect.ts';
import { momentsOf } from '../jobs/course.ts';
import type { AlertsWith } from '../runbooks/steps/alerts.ts';
import { clusterName, type ClusterRef } from '../runbooks/cluster.ts';
import { listed } from './listed.ts';
import { couldNotSee, noTarget, see } from './seeing.ts';
import type { StepContext, StepWork } from './step.ts';

/** No alert of the named types is open on the named clusters. */
export const alerts: StepWork<AlertsWith> = {
  async look({ types, on }, context) {
    const clusters = on.map((role) => context[role]).filter((cluster) => cluster !== undefined);
    if (clusters.length === 0) return noTarget('alert');
    const names = clusters.map(clusterName).join(' and ');
    const found = await see(`the alerts of ${names}`, () => openAlerts(clusters, types, context));
    if ('unseen' in found) return couldNotSee(found, `whether an alert is open there`);
    const open = found.seen;
    const since = countedSince(context);
    const when = since === undefined ? '' : ' that opened since the job began';
    const evidence = { open: open.length, alerts: listed(open), since: since ?? null };
    return open.length === 0
      ? { outcome: 'done', message: `No alert ${types.join(', ')} is open on ${names}${when}.`, evidence }
      : { outcome: 'failed', message: `Open alerts on ${names}${when}: ${listed(open)}.`, evidence };
  },
};

/** Each open alert as `NO_PRIMARY on orders`. One that names no cluster is about the project, and so about every cluster. */
async function openAlerts(
  clusters: readonly ClusterRef[],
  types: readonly string[],
  context: StepContext,
): Promise<string[]> {
  const since = Date.parse(countedSince(context) ?? '1970-01-01T00:00:00Z');
  const found = new Map<string, string>();
  for (const { project, cluster } of clusters) {
    const open = await collect(context.atlas.alerts.listAlerts({ groupId: project, status: 'OPEN' }));
    for (const alert of open) {
      const isHere = alert.clusterName === undefined || alert.clusterName === cluster;
      // An alert without an instant may be a new one.
      const isOld = Date.parse(alert.created ?? '') < since;
      if (!isHere || isOld || !types.includes(alert.eventTypeName)) continue;
      found.set(alert.id, `${alert.eventTypeName} on ${alert.clusterName ?? `project ${project}`}`);
    }
  }
  return [...found.values()];
}

/** ISO 8601 UTC. Once the target was to be changed, older alerts are not its doing. */
function countedSince({ job }: StepContext): string | undefined {
  return momentsOf(job).askedAt === undefined ? undefined : (job.startedAt ?? job.createdAt);
}
