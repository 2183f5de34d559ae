import { secondsBetween } from '../clock.ts';
import type { PipelineJob } from '../jobs/job.ts';
import type { RunBefore } from '../jobs/pipeline-record.ts';
import { runTitle } from '../jobs/run-title.ts';
import type { CheckResult, Look } from '../runbooks/check.ts';
import type { RunStats } from '../runbooks/run-stats.ts';

type Followed = Pick<PipelineJob, 'run' | 'runbook'>;
const MEASURES = ['documents', 'bytes', 'collections'] as const;

/** A run exported at least what the runbook wants of it; a check for each floor that is set. */
export function floorChecks({ run, runbook }: Followed): CheckResult[] {
  return (['documents', 'bytes'] as const).flatMap((measure): CheckResult[] => {
    const least = runbook.floor[measure];
    if (least === undefined) return [];
    const exported = run.stats?.[measure] ?? null;
    const name = `enough-${measure}`;
    const evidence = { exported, atLeast: least };
    if (exported === null) {
      const message = `Atlas does not say how many ${measure} were exported, so it is not known whether that is at least ${least}.`;
      return [{ name, outcome: 'unknown', message, evidence }];
    }
    const enough = exported >= least;
    const message = `${exported} ${measure} were exported; the runbook wants at least ${least}.`;
    return [{ name, outcome: enough ? 'pass' : 'fail', message, evidence }];
  });
}

/** An export job wrote every collection there is; no check for the run of a pipeline, which has one collection. */
export function collectionChecks({ run }: Followed): CheckResult[] {
  if (run.follows === 'pipeline') return [];
  const name = 'all-collections';
  const exported = run.stats?.collections ?? null;
  const evidence = { exported, of: run.collections ?? null };
  if (exported === null || run.collections === undefined) {
    const message = 'Atlas does not say how many collections were exported.';
    return [{ name, outcome: 'unknown', message, evidence }];
  }
  if (exported > run.collections) {
    const message = `Atlas says that ${exported} of ${run.collections} collections were exported, which can't be so.`;
    return [{ name, outcome: 'unknown', message, evidence }];
  }
  const all = exported === run.collections;
  const message = `${exported} of ${run.collections} collections were exported.`;
  return [{ name, outcome: all ? 'pass' : 'fail', message, evidence }];
}

/** Whether two runs have counted the same thing, so that they can be compared. */
export function isComparable(one: RunStats | undefined, other: RunStats | undefined): boolean {
  return MEASURES.some((measure) => (one?.[measure] ?? null) !== null && (other?.[measure] ?? null) !== null);
}

/**
 * A run did not export much less than the run before.
 *
 * @param before undefined when there is none: then there is nothing to check.
 */
export function beforeChecks({ run, runbook }: Followed, before: Look<RunBefore> | undefined): CheckResult[] {
  const name = 'not-less-than-before';
  const { atMostLess } = runbook.previous;
  if (before === undefined) return [];
  if ('unseen' in before) {
    const message = `Could not look at ${before.unseen}; whether this run exported less is not known.`;
    return [{ name, outcome: 'unknown', message }];
  }
  const { run: id, jobId, stats } = before.seen;
  const changes = changesOf(stats, run.stats);
  const evidence = { before: id, jobId, atMostLessPercent: atMostLess, ...countsOf(changes) };
  if (changes.length === 0) {
    const message = `This run and run ${id} before it have nothing in common that Atlas counts, so they can't be compared.`;
    return [{ name, outcome: 'unknown', message, evidence }];
  }
  const worse = changes.filter((change) => isTooLittle(change, atMostLess));
  if (worse.length === 0) {
    const message = `No more than ${atMostLess} % less was exported than by run ${id} before it.`;
    return [{ name, outcome: 'pass', message, evidence }];
  }
  const losses = worse.map((change) => lossText(change, atMostLess)).join(', ');
  const message = `Less was exported than by run ${id} before it: ${losses}.`;
  return [{ name, outcome: 'fail', message, evidence }];
}

/** What both runs have counted. */
interface Change {
  readonly measure: (typeof MEASURES)[number];
  readonly then: number;
  readonly now: number;
}

function changesOf(before: RunStats, after: RunStats | undefined): Change[] {
  return MEASURES.flatMap((measure) => {
    const [then, now] = [before[measure], after?.[measure] ?? null];
    return then === null || now === null ? [] : [{ measure, then, now }];
  });
}

function countsOf(changes: readonly Change[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { measure, then, now } of changes) {
    counts[measure] = now;
    counts[`${measure}Before`] = then;
  }
  return counts;
}

/** Multiplied out, so that a loss of exactly what is allowed is not rounded to more. */
function isTooLittle({ then, now }: Change, atMostLess: number): boolean {
  return (then - now) * 100 > atMostLess * then;
}

/** The loss to a tenth of a percent, upwards: what is over the limit must not look as if it were not. */
function lossText({ measure, then, now }: Change, atMostLess: number): string {
  const percent = Math.ceil(((then - now) / then) * 1000) / 10;
  return `${now} ${measure} after ${then} (${percent} % less, ${atMostLess} % allowed)`;
}

/** The data set is kept for as long as the runbook wants; without a wish, it is at least still due to be kept. */
export function keptChecks(job: Followed, now: string): CheckResult[] {
  const { keptFor } = job.runbook;
  const { deletedAt, doneAt = now } = job.run;
  const name = 'kept-long-enough';
  if (deletedAt === undefined) {
    if (keptFor === undefined) return [];
    const message = `Atlas does not say until when what ${runTitle(job)} wrote is kept, so it is not known whether that is for ${keptFor} s.`;
    return [{ name, outcome: 'unknown', message, evidence: { deletedAt: null, keptForSeconds: keptFor } }];
  }
  const seconds = Math.floor(secondsBetween(doneAt, deletedAt));
  const isKept = secondsBetween(now, deletedAt) > 0 && seconds >= (keptFor ?? 0);
  const wish = keptFor === undefined ? '' : `; the runbook wants at least ${keptFor} s`;
  return [
    {
      name,
      outcome: isKept ? 'pass' : 'fail',
      message: `Atlas deletes the data set at ${deletedAt}, ${seconds} s after the run was seen done${wish}.`,
      evidence: { deletedAt, keptSeconds: seconds, keptForSeconds: keptFor ?? null },
    },
  ];
}
