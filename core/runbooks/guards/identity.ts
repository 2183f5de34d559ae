import type { CheckResult } from '../check.ts';
import { clusterName, type ClusterRef } from '../cluster.ts';
import type { RestoreRunbook } from '../kinds/restore.ts';
import type { TargetPolicy } from './facts.ts';
import { judged, type Outcome } from './outcomes.ts';

/**
 * The guards that `unknown: continue` never waives: those that keep the wrong cluster from being erased, which rest on names
 * alone, and those that keep a migration of which nothing is known from being cut over.
 */
export const NEVER_WAIVED: readonly string[] = [
  'target-is-not-source',
  'target-is-not-protected',
  'target-project-allowed',
  'migration-open',
  'migration-ready',
];

/** Whether this target may be erased at all. */
export function identityGuards(
  runbook: RestoreRunbook,
  target: ClusterRef,
  policy: TargetPolicy,
): CheckResult[] {
  return [
    { name: 'target-is-not-source', ...targetIsNotSource(runbook, target) },
    { name: 'target-is-not-protected', ...targetIsNotProtected(runbook, target, policy) },
    { name: 'target-project-allowed', ...targetProjectAllowed(runbook, target, policy) },
  ];
}

function targetIsNotSource(runbook: RestoreRunbook, target: ClusterRef): Outcome {
  const name = clusterName(target);
  const evidence = { source: clusterName(runbook.source), target: name };
  if (!sameName(name, clusterName(runbook.source))) {
    return judged(true, `Target ${name} is not the source ${clusterName(runbook.source)}.`, evidence);
  }
  if (isConfirmed(runbook, target)) {
    return judged(true, `Target ${name} is the source itself, and confirmErase says to erase it.`, evidence);
  }
  return judged(
    false,
    `Target ${name} is the source itself, which the restore would erase; ${wayOut(runbook, target)}.`,
    evidence,
  );
}

function targetIsNotProtected(runbook: RestoreRunbook, target: ClusterRef, policy: TargetPolicy): Outcome {
  const name = clusterName(target);
  const entries = protectedEntries(runbook, policy);
  const malformed = entries.find((entry) => !PROTECTED_ENTRY.test(entry));
  if (malformed !== undefined) {
    // It was meant to protect something, and nobody can tell what.
    const message = `The protected list holds ${JSON.stringify(malformed)}, which is neither PROJECT/CLUSTER nor PROJECT/*; correct it first.`;
    return judged(false, message, { target: name, entry: malformed });
  }
  const entry = entries.find((candidate) => protects(candidate, target));
  if (entry === undefined)
    return judged(true, `Target ${name} is not on the protected list.`, { target: name });
  const evidence = { target: name, entry };
  if (isConfirmed(runbook, target)) {
    return judged(
      true,
      `Target ${name} is protected (${entry}), and confirmErase says to erase it.`,
      evidence,
    );
  }
  const { exempt } = policy;
  if (runbook.kind === 'restore' && exempt !== undefined && sameName(exempt.cluster, name)) {
    return judged(
      true,
      `Target ${name} is protected (${entry}), and is erased by ${exempt.because}.`,
      evidence,
    );
  }
  return judged(false, `Target ${name} is protected (${entry}); ${wayOut(runbook, target)}.`, evidence);
}

/** Whether a restore would overwrite what a list protects, or its own source: then people have to approve it. */
export function overwritesProtected(runbook: RestoreRunbook, policy: TargetPolicy): boolean {
  const { source, target } = runbook;
  if (target === undefined) return false;
  const isSource = sameName(clusterName(source), clusterName(target));
  return isSource || protectedEntries(runbook, policy).some((entry) => protects(entry, target));
}

function protectedEntries(runbook: RestoreRunbook, policy: TargetPolicy): readonly string[] {
  return [...runbook.guards.protectedClusters, ...policy.protectedClusters];
}

function protects(entry: string, target: ClusterRef): boolean {
  return sameName(entry, clusterName(target)) || sameName(entry, `${target.project}/*`);
}

/** Whether runbook and policy allow jobs in the target's project. */
export function targetProjectAllowed(
  runbook: { readonly guards: Pick<RestoreRunbook['guards'], 'allowedProjects'> },
  target: ClusterRef,
  policy: TargetPolicy,
): Outcome {
  const lists = [
    ['the runbook', runbook.guards.allowedProjects],
    ['the policy of this installation', policy.allowedProjects],
  ] as const;
  const evidence = { project: target.project };
  for (const [whose, projects] of lists) {
    if (projects?.includes(target.project) === false) {
      return judged(
        false,
        `Target project ${target.project} is not among the ${projects.length} that ${whose} allows.`,
        evidence,
      );
    }
  }
  const limited = lists.some(([, projects]) => projects !== undefined);
  const message = limited ? 'is among those allowed' : 'is allowed: no list limits the projects';
  return judged(true, `Target project ${target.project} ${message}.`, evidence);
}

/** An entry of a list of protected clusters: `project/cluster` or `project/*`. */
export const PROTECTED_ENTRY = /^[a-f0-9]{24}\/([a-z0-9][a-z0-9-]*|\*)$/i;

/** Letter case never tells two clusters apart here: protecting one too many is the smaller mistake. */
export function sameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** The words name the cluster, so that a runbook copied to another target confirms nothing there. */
function confirmationWords(target: ClusterRef): string {
  return `erase ${clusterName(target)}`;
}

function isConfirmed(runbook: RestoreRunbook, target: ClusterRef): boolean {
  return runbook.kind === 'restore' && runbook.guards.confirmErase === confirmationWords(target);
}

function wayOut(runbook: RestoreRunbook, target: ClusterRef): string {
  if (runbook.kind === 'drill') return 'a drill never overwrites it, so name another target';
  return `to overwrite it nevertheless, write in the runbook under guards: confirmErase: ${confirmationWords(target)}`;
}
