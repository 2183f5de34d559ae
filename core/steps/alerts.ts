import * as z from 'zod';
import { collect } from '../atlas/collect.ts';
import type { AtlasAlert } from '../atlas/resources/alerts.ts';
import { alertOwners } from '../facts/alert-owners.ts';
import { clusterName, type ClusterRef } from '../runbooks/cluster.ts';
import type { StepContext } from './protocol/step-context.ts';
import type { StepKind } from './protocol/step-kind.ts';
import { listed } from './shared/listed.ts';
import { couldNotSee, noTarget, see } from './shared/seeing.ts';

const settings = z.strictObject({
  types: z
    .array(z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'is not an event type such as NO_PRIMARY'))
    .min(1)
    .meta({
      description: 'Event types of the alerts to look for, as Atlas writes them',
      examples: [['NO_PRIMARY', 'CLUSTER_MONGOS_IS_MISSING']],
    }),
  on: z
    .array(z.enum(['source', 'target']))
    .min(1)
    .default(['source', 'target'])
    .describe('Which of the two clusters to look at'),
});

/** What `with` holds. */
export type AlertsWith = z.output<typeof settings>;

/**
 * No open alert of the named types. After the restore only those count that opened since the job began.
 *
 * Doc: return-all-alerts-from-one-project.
 */
export const alerts: StepKind<AlertsWith> = {
  use: 'alerts',
  stages: ['ready', 'verify'],
  effect: 'check',
  destroys: false,
  operations: { listAlerts: ['Project Read Only'] },
  asksAbout: ['source', 'target'],
  with: settings,
  summary: ({ types, on }) => `Look for open alerts ${types.join(', ')} on ${on.join(' and ')}`,

  async look({ types, on }, context) {
    const clusters = on.map((role) => context[role]).filter((cluster) => cluster !== undefined);
    if (clusters.length === 0) return noTarget('alert');
    const names = clusters.map(clusterName).join(' and ');
    const found = await see(`the alerts of ${names}`, () => openAlerts(clusters, types, context));
    if ('unseen' in found) return couldNotSee(found, 'whether an alert is open there');
    const { open, unmapped } = found.seen;
    const since = countedSince(context);
    const when = since === undefined ? '' : ' that opened since the job began';
    const evidence = {
      open: open.length,
      alerts: listed(open),
      ...(unmapped.length > 0 && { unmapped: listed(unmapped) }),
      since: since ?? null,
    };
    if (open.length > 0) {
      return { outcome: 'failed', message: `Open alerts on ${names}${when}: ${listed(open)}.`, evidence };
    }
    if (unmapped.length > 0) {
      const message = `Whether these open alerts are about ${names} is not known: ${listed(unmapped)}.`;
      return { outcome: 'unknown', message, evidence };
    }
    return { outcome: 'done', message: `No alert ${types.join(', ')} is open on ${names}${when}.`, evidence };
  },
};

/** Alerts as `NO_PRIMARY on orders`, each once. */
interface OpenAlerts {
  readonly open: string[];
  /** About a host or a replica set that is of no known cluster, or of a type that Atlas does not tell. */
  readonly unmapped: string[];
}

async function openAlerts(
  clusters: readonly ClusterRef[],
  types: readonly string[],
  context: StepContext,
): Promise<OpenAlerts> {
  const since = Date.parse(countedSince(context) ?? '1970-01-01T00:00:00Z');
  const open = new Map<string, string>();
  const unmapped = new Map<string, string>();
  for (const ref of clusters) {
    const all = await collect(context.atlas.alerts.listAlerts({ groupId: ref.project, status: 'OPEN' }));
    // An alert without an instant may be a new one, and one without a type may be of any.
    const isCounted = ({ eventTypeName: type, created }: AtlasAlert) =>
      (type === undefined || types.includes(type)) && (created === undefined || Date.parse(created) >= since);
    for (const { alert, owner } of await alertOwners(all.filter(isCounted), ref, context.atlas)) {
      const { id = JSON.stringify(alert), eventTypeName: type = 'an alert of no type' } = alert;
      const text = (place: string) => `${type} on ${place}`;
      if (owner === 'other') continue;
      if (owner === 'unmapped' || alert.eventTypeName === undefined) unmapped.set(id, text(placeOf(alert)));
      // One that names no cluster is about the project, and so about every cluster.
      else open.set(id, text(owner === 'project' ? `project ${ref.project}` : ref.cluster));
    }
  }
  const left = [...unmapped].filter(([id]) => !open.has(id)).map(([, text]) => text);
  return { open: [...open.values()], unmapped: left };
}

function placeOf(alert: AtlasAlert): string {
  const { hostnameAndPort, userAlias, replicaSetName, clusterId } = alert;
  const id = clusterId === undefined ? 'an unknown place' : `cluster id ${clusterId}`;
  return alert.clusterName ?? hostnameAndPort ?? userAlias ?? replicaSetName ?? id;
}

/** ISO 8601 UTC. Once the target was to be changed, older alerts are not its doing. */
function countedSince({ job }: StepContext): string | undefined {
  return job.askedAt === undefined ? undefined : job.beganAt;
}
