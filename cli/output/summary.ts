import { jobName } from '../../core/jobs/simulated.ts';
import { visibleIn } from '../../core/visible-text.ts';
import { humanDuration } from '../../core/report/human.ts';
import { headline } from '../../core/report/headline.ts';
import { outcomeOf, type Outcome } from '../../core/report/outcome.ts';
import type { Report } from '../../core/report/report.ts';
import type { ReportedObjective } from '../../core/report/reported-restore.ts';
import type { Colors } from '../terminal.ts';
import { checkText, outcomeCounts } from './checks.ts';
import { factLines, type Fact } from './facts.ts';
import { secondOf } from './instants.ts';
import { approvalFacts, kindFacts, noticeFacts, rollbackFacts } from './kind-facts.ts';
import { wrap } from './wrap.ts';

/** How a summary is laid out. */
export interface Layout {
  /** Where the report is; absent when there is none. */
  readonly reportPath?: string | undefined;
  /** What Atlas is doing for the job, and how long that still takes. */
  readonly underWay?: string | undefined;
  /** No process works on the job, and it has not ended. */
  readonly interrupted?: boolean;
  readonly width: number;
  readonly colors: Colors;
}

/** What came of a job, as lines for a person: the verdict, the objectives, what did not pass, where the report is. */
export function summaryLines(built: Report, layout: Layout): string[] {
  const report = visibleIn(built);
  const { width, colors } = layout;
  const facts: Fact[] = [
    ...failureFacts(report),
    ...rollbackFacts(report),
    ...recoveryPointFacts(report),
    ...kindFacts(report),
    ...timeFacts(report),
    ...objectiveFacts(report, colors),
    ...checkFacts('Guards', report.guards, colors),
    ...approvalFacts(report),
    ...checkFacts('Checks', report.checks, colors),
    ...noticeFacts(report),
    ...(report.atlas.restoreJobId === null
      ? []
      : [['In Atlas', `restore job ${report.atlas.restoreJobId}`] as const]),
    ['Job', jobName(report)],
    ...(layout.reportPath === undefined ? [] : [['Report', layout.reportPath] as const]),
  ];
  return [...verdictLines(report, width, colors), '', ...factLines(facts, width, colors)];
}

/** The verdict as one sentence behind its sign. */
export function verdictLines(report: Report, width: number, colors: Colors): string[] {
  const { sign, color } = verdictLook(outcomeOf(report), colors);
  const [first = '', ...rest] = wrap(headline(report), width - 2);
  return [
    `${color(sign)} ${color(colors.bold(first))}`,
    ...rest.map((line) => `  ${color(colors.bold(line))}`),
  ];
}

function verdictLook(outcome: Outcome, colors: Colors): { sign: string; color: (text: string) => string } {
  switch (outcome) {
    case 'passed':
      return { sign: '✓', color: colors.green };
    case 'failed':
      return { sign: '✗', color: colors.red };
    case 'inconclusive':
      return { sign: '?', color: colors.yellow };
    case 'cancelled':
      return { sign: '✗', color: colors.yellow };
    case 'running':
    case 'pending':
      return { sign: '·', color: colors.cyan };
  }
}

/** What went wrong and what to do. Guards that stopped the job tell their own reasons below. */
export function failureFacts({ failure }: Report): Fact[] {
  if (failure === null) return [];
  return [
    ...(failure.name === 'GuardsFailedError' ? [] : [['Reason', failure.message] as const]),
    ...(failure.changed === undefined ? [] : [['Changed', failure.changed] as const]),
    ...(failure.next === undefined ? [] : [['Next', failure.next] as const]),
  ];
}

/** What was restored. */
export function recoveryPointFacts({ recoveryPoint }: Report): Fact[] {
  if (recoveryPoint === null) return [];
  const { time, snapshotId } = recoveryPoint;
  const when = time === null ? 'being taken' : `${secondOf(time)} UTC`;
  return [
    ['Recovery point', snapshotId === null ? `${when}, a point in time` : `${when}, snapshot ${snapshotId}`],
  ];
}

function timeFacts({ startedAt, endedAt, seconds }: Report): Fact[] {
  if (startedAt === null || endedAt === null || seconds === null) return [];
  return [
    ['Time taken', `${humanDuration(seconds)}, from ${secondOf(startedAt)} to ${endedAt.slice(11, 19)} UTC`],
  ];
}

/** The objectives, met or missed. */
export function objectiveFacts({ objectives }: Report, colors: Colors): Fact[] {
  return [
    ...objectiveFact('RTO achieved', objectives.rto, colors),
    ...objectiveFact('RPO achieved', objectives.rpo, colors),
  ];
}

function objectiveFact(label: string, objective: ReportedObjective, colors: Colors): Fact[] {
  const { achievedSeconds, objectiveSeconds, met } = objective;
  if (achievedSeconds === null && objectiveSeconds === null) return [];
  if (achievedSeconds === null)
    return [[label, `nothing to measure; the objective is ${humanDuration(objectiveSeconds ?? 0)}`]];
  const achieved = humanDuration(achievedSeconds);
  if (objectiveSeconds === null) return [[label, `${achieved}; there is no objective`]];
  const judged = met === null ? '' : met ? colors.green('  met') : colors.red('  missed');
  return [[label, `${achieved} of ${humanDuration(objectiveSeconds)}${judged}`]];
}

/** How many passed, and each one that did not with its reason. */
export function checkFacts(label: string, results: Report['guards'], colors: Colors): Fact[] {
  if (results.length === 0) return [];
  const open = results.filter(({ outcome }) => outcome !== 'pass');
  return [[label, [outcomeCounts(results), ...open.map((result) => checkText(result, colors))].join('\n')]];
}
