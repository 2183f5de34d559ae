import { SIMULATED } from '../../core/jobs/simulated.ts';
import { visible, visibleIn } from '../../core/visible-text.ts';
import { secondsBetween } from '../../core/clock.ts';
import type { OpenRequest } from '../../core/jobs/approvals/open-request.ts';
import { countedDecisions, type JobToApprove } from '../../core/jobs/approvals/rules.ts';
import { gateText, whoIsAsked } from '../../core/jobs/approvals/wording.ts';
import { sentence } from '../../core/sentence.ts';
import { humanDuration } from '../../core/report/human.ts';
import type { Colors } from '../terminal.ts';
import { factLines, type Fact } from './facts.ts';
import { minuteOf, secondOf } from './instants.ts';
import { wrap } from './wrap.ts';

/** How it is laid out, and against which instant ages are told (ISO 8601 UTC). */
interface Layout {
  readonly now: string;
  readonly width: number;
  readonly colors: Colors;
}

/** Digits of a plan's hash that people are shown. */
const SHOWN_DIGITS = 12;

/** What people are asked, as lines: what would be done, what is known of it, who is asked and until when. */
export function approvalLines(
  asked: OpenRequest,
  job: JobToApprove,
  { now, width, colors }: Layout,
): string[] {
  const open = visibleIn(asked);
  const { gate, request } = open;
  const { plan } = request;
  const facts: Fact[] = [
    ...(job.simulation === undefined ? [] : [[SIMULATED, 'nothing real is changed'] as const]),
    ...(plan.erases === undefined ? [] : [['Erases', colors.red(plan.erases)] as const]),
    ...recoveryPointFacts(open, now),
    ['Guards', guardsText(open)],
    ['Asked', `${whoIsAsked(request.rule)}; never ${visible(job.startedBy.who)}, who started it`],
    ...saidFacts(open, job),
    ['Until', `${minuteOf(request.until)} UTC, ${timeLeft(request.until, now)}; silence means no`],
    ['Plan', plan.hash.slice(0, SHOWN_DIGITS)],
  ];
  return [
    colors.bold(`Approval of ${gateText(gate)} is wanted.`),
    '',
    ...wrap(sentence(plan.action), width - 2).map((line) => `  ${line}`),
    '',
    ...factLines(facts, width, colors),
  ];
}

/** The two answers, as commands. */
export function answerLines(jobId: string, { request }: OpenRequest): string[] {
  const plan = `--plan ${request.plan.hash.slice(0, SHOWN_DIGITS)}`;
  return [
    `lifeboat jobs approve ${jobId} --reason TEXT ${plan}`,
    `lifeboat jobs reject ${jobId} --reason TEXT ${plan}`,
  ];
}

function recoveryPointFacts({ request }: OpenRequest, now: string): Fact[] {
  const point = request.plan.recoveryPoint;
  if (point === undefined) return [];
  const { time, snapshotId } = point;
  const when =
    time === null
      ? 'unknown time'
      : `${secondOf(time)} UTC, ${humanDuration(Math.round(secondsBetween(time, now)))} old`;
  return [['Recovery point', `${when}\n${snapshotId === null ? 'point in time' : `snapshot ${snapshotId}`}`]];
}

function guardsText({ request }: OpenRequest): string {
  const { guards } = request.plan;
  if (guards.length === 0) return 'none looked yet';
  const passed = guards.filter(({ outcome }) => outcome === 'pass').length;
  const others = guards
    .filter(({ outcome }) => outcome !== 'pass')
    .map(({ name, outcome }) => `${name} ${outcome === 'fail' ? 'failed' : 'could not look'}`);
  return [`${passed} of ${guards.length} passed`, ...others].join('\n');
}

function saidFacts({ request }: OpenRequest, job: JobToApprove): Fact[] {
  const said = countedDecisions(request, job);
  if (said.length === 0) return [];
  return [['Approved by', said.map(({ by, at }) => `${by.who}, ${minuteOf(at)} UTC`).join('\n')]];
}

function timeLeft(until: string, now: string): string {
  const seconds = secondsBetween(now, until);
  return seconds <= 0 ? 'which is over' : `${humanDuration(Math.round(seconds))} from now`;
}
