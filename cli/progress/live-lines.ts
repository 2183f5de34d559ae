import { SIMULATED } from '../../core/jobs/simulated.ts';
import { secondsBetween, isoTime } from '../../core/clock.ts';
import type { OutlookAt } from '../../core/commands/job-outlook.ts';
import { openRequest } from '../../core/jobs/approvals/open-request.ts';
import { whoIsAsked } from '../../core/jobs/approvals/wording.ts';
import type { Job, PhaseName } from '../../core/jobs/job.ts';
import { isFinal } from '../../core/jobs/status.ts';
import type { TimelineEvent } from '../../core/jobs/timeline.ts';
import { humanDuration } from '../../core/report/human.ts';
import { PHASE_TITLES } from '../../core/report/page/phase-titles.ts';
import { phasesOf } from '../../core/report/phases-of.ts';
import { placeOf } from '../../core/runbooks/place.ts';
import { KIND_TITLES } from '../../core/runbooks/undertaking.ts';
import { clusterLabels } from '../output/clusters.ts';
import { minuteOf } from '../output/instants.ts';
import { fitting, outlookBar, outlookParts } from '../output/outlook.ts';
import { cut, textWidth, wrap } from '../output/wrap.ts';
import type { Colors } from '../terminal.ts';
import { phaseDetail } from './phase-detail.ts';
import { timeLine } from './time-line.ts';

/** What the live list shows. */
export interface LiveState {
  readonly job: Job;
  /** How many times as fast as the machine's the job's clock runs. */
  readonly speed: number;
  /** Counts the drawings. */
  readonly frame: number;
  /** Milliseconds since the UNIX epoch, by the job's clock. */
  readonly now: number;
  readonly event?: TimelineEvent;
  /** Tells how long the work in Atlas still takes. */
  readonly outlook?: OutlookAt | undefined;
  readonly note?: string;
  /** No longer drawn again. */
  readonly stopped?: boolean;
}

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'] as const;
const TITLE_WIDTH = 16;
const BAR_WIDTH = 14;

/** The live list as lines of at most `width` columns: what runs, its phases, its time, the latest event. */
export function liveLines(state: LiveState, width: number, colors: Colors): string[] {
  const { event, note } = state;
  const latest = event === undefined ? '' : `${event.at.slice(11, 19)}  ${event.message}`;
  return [
    '',
    ...titleLines(state, width, colors),
    '',
    ...phasesOf(state.job).flatMap((name) => [
      phaseLine(name, state, width, colors),
      ...outlookLines(name, state, width, colors),
    ]),
    '',
    `  ${cut(timeLine(state.job, isoTime(state.now)), width - 3)}`,
    `  ${colors.dim(cut(latest, width - 3))}`,
    ...askedLines(state.job, width).map((line) => `  ${colors.yellow(line)}`),
    ...(note === undefined ? [] : [`  ${colors.yellow(cut(note, width - 3))}`]),
  ];
}

/** That somebody has to say yes, and the command for it on a line of its own. */
function askedLines(job: Job, width: number): string[] {
  const open = openRequest(job);
  if (open === undefined) return [];
  const { plan, rule, until } = open.request;
  const wanted = `Approval by ${whoIsAsked(rule)} is wanted until ${minuteOf(until)} UTC: ${plan.action}`;
  // Cut, a command is none.
  return [cut(wanted, width - 3), ...wrap(`lifeboat jobs approve ${job.jobId} --reason TEXT`, width - 3)];
}

function titleLines({ job, speed }: LiveState, width: number, colors: Colors): string[] {
  const { runbook, simulation } = job;
  const kind = KIND_TITLES[runbook.kind];
  const how = [
    ...(simulation === undefined ? [] : [SIMULATED]),
    ...(speed === 1 ? [] : [`${speed} × as fast`]),
  ].join(', ');
  const ends = (left: string, right: string, bold: boolean) => {
    const name = cut(left, width - textWidth(right) - 3);
    const gap = ' '.repeat(Math.max(2, width - 1 - textWidth(name) - textWidth(right)));
    return `${bold ? colors.bold(name) : name}${right === '' ? '' : gap + colors.dim(right)}`;
  };
  return [
    ends(`${kind} ${runbook.name}`, how, true),
    ends(about(job, width - textWidth(job.jobId) - 3), job.jobId, false),
  ];
}

/** What it works on: the clusters, or the run. */
function about({ runbook }: Job, width: number): string {
  if (runbook.kind !== 'pipeline') return clusterLabels({ kind: runbook.kind, ...placeOf(runbook) }, width);
  return `run ${runbook.pipeline.run} of ${runbook.pipeline.name}`;
}

function phaseLine(name: PhaseName, state: LiveState, width: number, colors: Colors): string {
  const { job, now } = state;
  const timing = job.phases[name];
  const title = PHASE_TITLES[name].padEnd(TITLE_WIDTH);
  if (timing === undefined && name === failedPhase(job)) return `  ${colors.red('✗')} ${title.trimEnd()}`;
  if (timing === undefined || isBehindGuards(name, job)) return `  ${colors.dim(`· ${title}`.trimEnd())}`;
  const took = humanDuration(Math.round(secondsBetween(timing.startedAt, timing.endedAt ?? isoTime(now))));
  const room = width - 2 - 2 - TITLE_WIDTH - 14;
  const detail = cut(phaseDetail(name, job, isoTime(now)), room).padEnd(room);
  return `  ${phaseSign(name, state, colors)} ${title}${colors.dim(detail)}${took.padStart(13)}`;
}

/** A bar and what was learnt, below the phase in which Atlas works. What has stopped is not counted on. */
function outlookLines(name: PhaseName, state: LiveState, width: number, colors: Colors): string[] {
  const { job, outlook, stopped } = state;
  const now = isoTime(state.now);
  const known = stopped || job.phases[name]?.endedAt !== undefined ? undefined : outlook?.(now);
  if (known?.phase !== name) return [];
  const bar = outlookBar(known, BAR_WIDTH, colors);
  const lead = bar === undefined ? '    ' : `    ${bar}  `;
  return [`${lead}${colors.dim(fitting(outlookParts(known, now), width - 1 - textWidth(lead)))}`];
}

function phaseSign(name: PhaseName, { job, frame, stopped }: LiveState, colors: Colors): string {
  if (name === failedPhase(job)) return colors.red('✗');
  if (job.phases[name]?.endedAt !== undefined) return colors.green('✓');
  return stopped ? colors.yellow('‖') : colors.cyan(FRAMES[frame % FRAMES.length] ?? '');
}

/** The guards look once more just before the restore; stopped by them, the restore was never asked for. */
function isBehindGuards(name: PhaseName, job: Job): boolean {
  return name === 'restore' && stoppedByGuards(job);
}

function failedPhase(job: Job): PhaseName | undefined {
  if (!isFinal(job.status) || job.status === 'SUCCEEDED') return undefined;
  if (stoppedByGuards(job)) return 'guard';
  return phasesOf(job).findLast((name) => job.phases[name] !== undefined) ?? 'guard';
}

function stoppedByGuards({ failure }: Job): boolean {
  return failure?.name === 'GuardsFailedError';
}
