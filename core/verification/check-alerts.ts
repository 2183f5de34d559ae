import { collect } from '../atlas/collect.ts';
import { look } from '../facts/look.ts';
import { clusterName, type ClusterRef } from '../runbooks/cluster.ts';
import { settled, type Finding, type Verification } from './verification.ts';

/** No alert is open on the target that opened since the job began. */
export async function checkAlerts({ job, atlas }: Verification, target: ClusterRef): Promise<Finding> {
  const name = 'no-new-alert';
  const seen = await look(`the alerts of project ${target.project}`, () =>
    collect(atlas.alerts.listAlerts({ groupId: target.project, status: 'OPEN' })),
  );
  if ('unseen' in seen) {
    const message = `Could not look at ${seen.unseen}; whether it raises alerts is not known.`;
    return settled({ name, outcome: 'unknown', message });
  }
  const since = Date.parse(job.startedAt ?? job.createdAt);
  const fresh = seen.seen.filter(
    (alert) => alert.clusterName === target.cluster && Date.parse(alert.created ?? '') >= since,
  );
  const types = [...new Set(fresh.map((alert) => alert.eventTypeName))].join(', ');
  return settled({
    name,
    outcome: fresh.length === 0 ? 'pass' : 'fail',
    message:
      fresh.length === 0
        ? `No alert opened on ${clusterName(target)} since the job began.`
        : `${fresh.length} alert(s) opened on ${clusterName(target)} since the job began: ${types}.`,
    evidence: { opened: fresh.length, types: types === '' ? null : types },
  });
}
