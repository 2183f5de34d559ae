import type { NotifyChannel } from '../runbooks/kinds/notify.ts';

/** An approval that the policy requires for jobs that change certain targets. */
export interface RequiredApproval {
  /** `project/cluster`, `project/*`, or `*` for every target. */
  readonly targets: readonly string[];
  /** How many different people have to approve, at least. */
  readonly count: number;
  /** Who may approve; absent: anyone but the person who started the job. */
  readonly from?: readonly string[] | undefined;
  /** Seconds until silence means no. */
  readonly within: number;
}

/**
 * What an installation requires of every job, whatever its runbook says. An absent key requires nothing. It is handed to
 * everything that starts or runs a job, and recorded in the job.
 */
export interface Policy {
  /** SHA-256 in hexadecimal of everything below; absent when nothing is set. */
  readonly hash?: string | undefined;
  /** Clusters never to overwrite: `project/cluster` or `project/*`. */
  readonly protectedClusters: readonly string[];
  /** The only projects whose clusters may be overwritten, by id; absent: any. */
  readonly allowedProjects?: readonly string[] | undefined;
  /** `kept`: only runbooks that the installation keeps may be run. */
  readonly runbooks?: 'any' | 'kept' | undefined;
  /** The fields of a kept runbook that whoever starts a job may override; absent: any. */
  readonly overrides?: readonly string[] | undefined;
  readonly approvals?: readonly RequiredApproval[] | undefined;
  /** Whether one person may restore onto a protected cluster without an approval; see docs/policy.md. */
  readonly breakGlass?: boolean | undefined;
  /** Notified of every job beside the channels of its runbook, and of each freeze. */
  readonly notify?: readonly NotifyChannel[] | undefined;
}

/** The policy of an installation that has set none. */
export const NO_POLICY: Policy = { protectedClusters: [] };

/**
 * The policy that requires what either of two requires: a job obeys the one that it was started under and that of the process
 * that runs it.
 *
 * @param recorded the policy of the job so far.
 * @param current the policy of this process, whose hash the result has.
 */
export function stricter(recorded: Policy, current: Policy): Policy {
  const allowedProjects = intersection(recorded.allowedProjects, current.allowedProjects);
  const overrides = intersection(recorded.overrides, current.overrides);
  return {
    hash: current.hash ?? recorded.hash,
    protectedClusters: union(recorded.protectedClusters, current.protectedClusters),
    ...(allowedProjects !== undefined && { allowedProjects }),
    runbooks: [recorded.runbooks, current.runbooks].includes('kept') ? 'kept' : 'any',
    ...(overrides !== undefined && { overrides }),
    approvals: union(recorded.approvals ?? [], current.approvals ?? []),
    breakGlass: recorded.breakGlass === true && current.breakGlass === true,
    // What was recorded comes first: notifications are known by the place of their channel.
    notify: union(recorded.notify ?? [], current.notify ?? []),
  };
}

/** Both lists, each entry once, in order. */
function union<T>(one: readonly T[], other: readonly T[]): T[] {
  const known = new Map([...one, ...other].map((entry) => [JSON.stringify(entry), entry]));
  return [...known.values()];
}

/** What both lists allow; an absent one allows everything. */
function intersection(
  one: readonly string[] | undefined,
  other: readonly string[] | undefined,
): readonly string[] | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one.filter((entry) => other.includes(entry));
}
