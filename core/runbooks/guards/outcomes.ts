import type { CheckResult, Look } from '../check.ts';
import type { ClusterFacts, ClusterRef } from '../cluster.ts';
import { clusterName } from '../cluster.ts';
import type { RestoreRunbook } from '../kinds/restore.ts';
import type { GuardFacts } from './facts.ts';

/** A guard's outcome before it has its name. */
export type Outcome = Omit<CheckResult, 'name'>;
type Evidence = NonNullable<CheckResult['evidence']>;

/** Passes when `ok`; the message says what was seen either way. */
export function judged(ok: boolean, message: string, evidence?: Evidence): Outcome {
  return { outcome: ok ? 'pass' : 'fail', message, ...(evidence && { evidence }) };
}

/**
 * The outcome of a guard that could not look.
 *
 * @param why what is missing, as a sentence without its full stop.
 * @param doubt completes "it is not known whether …".
 */
export function unknown(why: string, doubt: string): Outcome {
  return { outcome: 'unknown', message: `${why}, so it is not known whether ${doubt}.` };
}

/** Judges what was seen; `unknown` when it was not. `what` begins the sentence that says so. */
export function whenSeen<T>(
  look: Look<T> | undefined,
  what: string,
  doubt: string,
  judge: (seen: T) => Outcome,
): Outcome {
  if (look !== undefined && 'seen' in look) return judge(look.seen);
  return unknown(`${what} could not be looked at (${look?.unseen ?? 'nobody looked'})`, doubt);
}

/** Judges the source, when it was seen. */
export function whenSourceSeen(
  runbook: RestoreRunbook,
  facts: GuardFacts,
  doubt: string,
  judge: (source: ClusterFacts) => Outcome,
): Outcome {
  return whenSeen(facts.source, `Source ${clusterName(runbook.source)}`, doubt, judge);
}

/** Judges the target, when it was seen. */
export function whenTargetSeen(
  target: ClusterRef,
  facts: Pick<GuardFacts, 'target'>,
  doubt: string,
  judge: (target: ClusterFacts) => Outcome,
): Outcome {
  return whenSeen(facts.target, `Target ${clusterName(target)}`, doubt, judge);
}
