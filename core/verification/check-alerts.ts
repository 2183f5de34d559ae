import type { AtlasAlert } from '../atlas/resources/alerts.ts';
import { collect } from '../atlas/collect.ts';
import { alertOwners } from '../facts/alert-owners.ts';
import { look } from '../facts/look.ts';
import { clusterName, type ClusterRef } from '../runbooks/cluster.ts';
import { settled, type Finding, type Verification } from './verification.ts';

/** Most alerts that a message spells out. */
const MOST_NAMED = 5;
const NAME = 'no-new-alert';

/**
 * No alert is open on the target that opened since the job began. An open alert of the project that cannot be mapped to a cluster,
 * or whose time of opening cannot be read, may be one: then it is unknown.
 */
export async function checkAlerts(verification: Verification, target: ClusterRef): Promise<Finding> {
  const seen = await look(`the alerts of project ${target.project}`, () => newAlerts(verification, target));
  if ('unseen' in seen) {
    const message = `Could not read ${seen.unseen}; whether it raises alerts is not known.`;
    return settled({ name: NAME, outcome: 'unknown', message });
  }
  const { opened, doubtful } = seen.seen;
  const types = [...new Set(opened.map(typeOf))].join(', ');
  const evidence = {
    opened: opened.length,
    types: types === '' ? null : types,
    doubtful: doubtful.length,
    ...(doubtful.length > 0 && { doubtfulAlerts: named(doubtful) }),
  };
  if (opened.length > 0) {
    const message = `${opened.length} alert(s) opened on ${clusterName(target)} since the job began: ${types}.`;
    return settled({ name: NAME, outcome: 'fail', message, evidence });
  }
  if (doubtful.length > 0) {
    const message = `Of ${doubtful.length} open alert(s) of project ${target.project} it is not known whether they are of ${clusterName(target)} and opened since the job began: ${named(doubtful)}.`;
    return settled({ name: NAME, outcome: 'unknown', message, evidence });
  }
  const message = `No alert opened on ${clusterName(target)} since the job began.`;
  return settled({ name: NAME, outcome: 'pass', message, evidence });
}

interface NewAlerts {
  /** On the target, since the job began. */
  readonly opened: readonly AtlasAlert[];
  /** Perhaps on the target, perhaps since the job began. */
  readonly doubtful: readonly AtlasAlert[];
}

async function newAlerts({ job, atlas }: Verification, target: ClusterRef): Promise<NewAlerts> {
  // Atlas leaves out the fractions of a second.
  const since = Math.floor(Date.parse(job.startedAt ?? job.createdAt) / 1000) * 1000;
  const open = await collect(atlas.alerts.listAlerts({ groupId: target.project, status: 'OPEN' }));
  const isOld = ({ created }: AtlasAlert) => created !== undefined && Date.parse(created) < since;
  const mayBeNew = open.filter((alert) => !isOver(alert) && !isOld(alert));
  const owned = (await alertOwners(mayBeNew, target, atlas)).filter(({ owner }) => owner !== 'other');
  const isOpened = ({ alert, owner }: (typeof owned)[number]) =>
    owner === 'cluster' && alert.created !== undefined;
  return {
    opened: owned.filter(isOpened).map(({ alert }) => alert),
    doubtful: owned.filter((one) => !isOpened(one)).map(({ alert }) => alert),
  };
}

/** It ended while it was read. A status that is missing or new to us says nothing of the kind. */
function isOver({ status }: AtlasAlert): boolean {
  return status === 'CLOSED' || status === 'CANCELLED';
}

function typeOf({ eventTypeName }: AtlasAlert): string {
  return eventTypeName ?? 'an alert of no type';
}

/** For example `HOST_DOWN on db.example.com:27017 (id 6b0e…)`. */
function named(alerts: readonly AtlasAlert[]): string {
  const names = alerts.slice(0, MOST_NAMED).map((alert) => {
    const place = alert.hostnameAndPort ?? alert.userAlias ?? alert.replicaSetName ?? alert.clusterName;
    return `${typeOf(alert)}${place === undefined ? '' : ` on ${place}`} (${alert.id ?? 'without an id'})`;
  });
  const more = alerts.length - names.length;
  return more > 0 ? `${names.join(', ')} and ${more} more` : names.join(', ');
}
