import { counted, humanBytes, humanCount } from '../human.ts';
import { outcomeOf } from '../outcome.ts';
import type { Report } from '../report.ts';
import type { ReportedRun } from '../reported-run.ts';
import { failedSteps, reasonsForDoubt, whatFailedAfterwards, whatStoppedIt } from './reasons.ts';

/** What became of the run that a job followed, to follow the words "Pipeline run". */
export function pipelinePredicate(report: Report, run: ReportedRun): string {
  const outcome = outcomeOf(report);
  switch (outcome) {
    case 'passed':
      return `passed: ${whatWasDone(run)}`;
    case 'inconclusive':
      return `inconclusive: ${run.doneAt === null ? howItWasLost(run) : `${whatWasDone(run)}, but ${reasonsForDoubt(report)}`}`;
    case 'failed':
      return howItFailed(report, run);
    case 'cancelled':
      return `cancelled: ${howFarItCame(run, 'was')}`;
    case 'running':
      return `still running: ${howFarItCame(run, 'is')}`;
    case 'pending':
      return 'not started yet';
  }
}

function howItFailed(report: Report, run: ReportedRun): string {
  const stop = whatStoppedIt(report);
  if (stop !== undefined) return `stopped ${stop}: ${howFarItCame(run, 'was')}`;
  switch (report.failure?.name) {
    case 'PipelineGoneError':
      return `failed: Atlas does not know ${run.title}`;
    case 'PipelineRunFailedError':
      return `failed: Atlas says that ${run.title} is ${run.state ?? 'of no state'}`;
    case 'PipelineDatasetDeletedError':
      return `failed: Atlas has deleted the data set of ${run.title}`;
    default:
  }
  if (run.doneAt !== null) return `failed: ${whatWasDone(run)}, but ${whatFailedAfterwards(report)}`;
  return `failed: ${failedSteps(report) ?? howFarItCame(run, 'was')}`;
}

function howItWasLost(run: ReportedRun): string {
  return `Atlas no longer knows ${run.title}, and how it ended is not known`;
}

/** Atlas works on it whether or not anybody looks. */
function howFarItCame(run: ReportedRun, verb: 'is' | 'was'): string {
  if (run.doneAt !== null) return whatWasDone(run);
  if (run.progress === '')
    return verb === 'is' ? `${run.title} has not been looked at yet` : `${run.title} was not looked at`;
  const where = run.progress === run.phase ? `${run.state ?? ''}, phase ${run.phase}` : run.progress;
  return verb === 'is' ? `${run.title} is ${where}` : `${run.title} was ${where} when it was last looked at`;
}

function whatWasDone(run: ReportedRun): string {
  const exported = whatWasExported(run.stats);
  return `${run.title} is done${exported === '' ? '' : ` and exported ${exported}`}`;
}

/** `1,204,331 documents, 3.21 GiB`; empty when Atlas does not say. */
export function whatWasExported(stats: ReportedRun['stats']): string {
  const { documents = null, bytes = null, collections = null } = stats ?? {};
  return [
    ...(documents === null ? [] : [`${humanCount(documents)} ${documents === 1 ? 'document' : 'documents'}`]),
    ...(bytes === null ? [] : [humanBytes(bytes)]),
    ...(collections === null ? [] : [counted(collections, 'collection')]),
  ].join(', ');
}
