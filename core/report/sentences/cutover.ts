import { exactDuration, humanDuration } from '../human.ts';
import { outcomeOf } from '../outcome.ts';
import type { Report } from '../report.ts';
import type { ReportedCutover } from '../reported-cutover.ts';
import { failedSteps, reasonsForDoubt, whatFailedAfterwards, whatStoppedIt } from './reasons.ts';

const SIDES: Readonly<Record<ReportedCutover['side'], string>> = {
  before: 'before the point of no return',
  after: 'after the point of no return',
  unknown: 'at the point of no return',
};

const WRITES_BACK: Readonly<Record<ReportedCutover['side'], string>> = {
  before: 'writes are back on the source',
  after: 'writes go to the target',
  unknown: 'the application writes again',
};

/** What became of a cutover, to follow the word "Cutover". Says on which side of the point of no return it stopped. */
export function cutoverPredicate(report: Report, cutover: ReportedCutover): string {
  const outcome = outcomeOf(report);
  switch (outcome) {
    case 'passed':
      return `passed: ${wasCutOver(report, cutover)}${forHowLong(cutover)}`;
    case 'inconclusive':
      return `inconclusive: ${wasCutOver(report, cutover)}${forHowLong(cutover)}, but ${reasonsForDoubt(report)}`;
    case 'failed':
      return stopped('failed', report, cutover);
    case 'cancelled':
      return stopped('cancelled', report, cutover);
    case 'running':
      return `still running: ${howFarItIs(report, cutover)}`;
    case 'pending':
      return 'not started yet';
  }
}

function stopped(how: 'failed' | 'cancelled', report: Report, cutover: ReportedCutover): string {
  if (cutover.foundCutOverAt !== null) return `stopped: ${foundCutOver(report, cutover)}`;
  const where = SIDES[cutover.side];
  const writes = whatOfWrites(cutover);
  if (cutover.side === 'before') {
    const stop = whatStoppedIt(report);
    return stop === undefined
      ? `${how} ${where}: ${whyBefore(report, cutover)}; ${writes}`
      : `stopped ${where} ${stop}; ${writes}`;
  }
  // Once the application writes to the target, going back may lose more than going on.
  const then = cutover.writesBackAt === null ? '; follow the rollback procedure of the runbook' : '';
  return `${how} ${where}: ${whyAfter(how, report, cutover)}; ${writes}${then}`;
}

/** Somebody else had done it. Steps may have changed something by then. */
function foundCutOver(report: Report, cutover: ReportedCutover): string {
  const found = `${migration(cutover)} had been cut over already`;
  if (report.steps.every(({ status }) => status === null)) return `${found}; nothing was changed`;
  return `${found}, and not by this job; ${whatOfWrites(cutover)}`;
}

function whyBefore(report: Report, cutover: ReportedCutover): string {
  switch (report.failure?.name) {
    case 'MigrationFailedError':
      return `${migration(cutover)} failed in Atlas`;
    case 'MigrationExpiredError':
      return `${migration(cutover)} expired`;
    case 'MigrationTimeLimitError':
      return `${migration(cutover)} was not ready in time`;
    case 'CutoverRefusedError':
      return `Atlas refused the cutover of ${migration(cutover)}`;
    case 'WriteStopLimitError':
      return `the cutover was not reached within the ${humanDuration(cutover.maxWriteStopSeconds)} without writes that the runbook allows`;
    default:
      return failedSteps(report) ?? notCutOver(cutover);
  }
}

function notCutOver(cutover: ReportedCutover): string {
  return cutover.attempts === 0
    ? `the cutover of ${migration(cutover)} was not asked for`
    : `Atlas was not seen to carry out the cutover of ${migration(cutover)}`;
}

function whyAfter(how: 'failed' | 'cancelled', report: Report, cutover: ReportedCutover): string {
  if (report.failure?.name === 'CutoverFailedError') return `${migration(cutover)} failed during its cutover`;
  if (cutover.side === 'unknown')
    return `whether Atlas carries out the cutover of ${migration(cutover)} is not known`;
  if (cutover.completedAt === null)
    return `Atlas took the cutover of ${migration(cutover)} and was not seen to complete it`;
  const done = wasCutOver(report, cutover);
  return how === 'cancelled' ? done : `${done}, but ${whatFailedAfterwards(report)}`;
}

/** Whether the application can write, and where. */
function whatOfWrites(cutover: ReportedCutover): string {
  const { writeStopBegun, writesStoppedAt, writesBackAt, writeStopSeconds, side } = cutover;
  if (writesBackAt !== null) {
    const where = WRITES_BACK[side];
    return writeStopSeconds === null ? where : `${where} after a stop of ${exactDuration(writeStopSeconds)}`;
  }
  if (writesStoppedAt !== null) return 'writes are still stopped';
  return writeStopBegun ? 'whether writes are stopped is not known' : 'writes were not stopped';
}

function howFarItIs(report: Report, cutover: ReportedCutover): string {
  const { readyAt, writesStoppedAt, writesBackAt, completedAt, acceptedAt, cutoverAskedAt } = cutover;
  const what = migration(cutover);
  const writes = writesStoppedAt !== null && writesBackAt === null ? '; writes are stopped' : '';
  if (completedAt !== null) return `${wasCutOver(report, cutover)}${writes}`;
  if (acceptedAt !== null) return `Atlas carries out the cutover of ${what}${writes}`;
  if (cutoverAskedAt !== null) return `Atlas was asked for the cutover of ${what}${writes}`;
  if (report.approvals.some(({ outcome }) => outcome === null)) return `an approval is waited for${writes}`;
  return `${what} is ${readyAt === null ? 'not ready for its cutover yet' : 'ready for its cutover'}${writes}`;
}

function wasCutOver(report: Report, cutover: ReportedCutover): string {
  return `${migration(cutover)} was cut over into ${report.target?.cluster ?? 'the target'}`;
}

function forHowLong({ writeStopSeconds }: ReportedCutover): string {
  return writeStopSeconds === null ? '' : `; writes were stopped for ${exactDuration(writeStopSeconds)}`;
}

function migration({ migrationId }: ReportedCutover): string {
  return `live migration ${migrationId}`;
}
