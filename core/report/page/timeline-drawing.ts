import { secondsBetween } from '../../clock.ts';
import type { TimelineEvent } from '../../jobs/timeline.ts';
import { counted, exactDuration, humanDuration } from '../human.ts';
import type { Report, ReportedPhase } from '../report.ts';
import { ticks } from './axis.ts';
import { PHASE_TITLES } from './phase-titles.ts';
import { html, type Html } from './template.ts';

/** Heights in pixels. Widths are percentages, so that the drawing narrows with the page and its words keep their size. */
const ROW = 46;
const BAR_TOP = 22;
const BAR = 14;
const EVENTS_ROW = 40;
const AXIS = 26;

/** The stretch of time that the drawing covers. */
interface Scale {
  /** ISO 8601 UTC. */
  readonly from: string;
  /** Seconds, more than 0. */
  readonly span: number;
}

/** The phases as bars on one time axis, and the events as marks below them, all to the same scale. */
export function timelineDrawing(report: Report): Html {
  const scale = scaleOf(report);
  const rows = report.phases.length * ROW;
  const height = rows + EVENTS_ROW + AXIS;
  return html`<svg
    class="timeline"
    role="img"
    aria-labelledby="timeline-title timeline-desc"
    width="100%"
    height="${height}"
  >
    <title id="timeline-title">Timeline of job ${report.jobId}, drawn to scale</title>
    <desc id="timeline-desc">${inWords(report, scale)}</desc>
    ${ticks(scale.span).map((tick) => axisTick(percent(tick.at, scale), tick.label, rows + EVENTS_ROW))}
    ${writeStopBand(report, scale, rows)}
    ${report.phases.map((phase, index) => phaseRow(phase, index * ROW, scale, report.generatedAt))}
    ${eventsRow(report.events, rows, scale)}
  </svg>`;
}

/** From the first thing known of the job to the last. A job that took no time still gets a second's width. */
function scaleOf(report: Report): Scale {
  const instants = [
    report.createdAt,
    report.startedAt ?? report.createdAt,
    report.endedAt ?? report.generatedAt,
    ...[report.cutover?.writesStoppedAt, report.cutover?.writesBackAt].map((at) => at ?? report.createdAt),
    ...report.events.map((event) => event.at),
    ...report.phases.flatMap((phase) => [
      phase.startedAt ?? report.createdAt,
      phase.endedAt ?? report.createdAt,
    ]),
  ].map((instant) => Date.parse(instant));
  const from = instants.reduce((a, b) => Math.min(a, b));
  const to = instants.reduce((a, b) => Math.max(a, b));
  return { from: new Date(from).toISOString(), span: to > from ? (to - from) / 1000 : 1 };
}

function percent(seconds: number, scale: Scale): number {
  return Number(((seconds / scale.span) * 100).toFixed(3));
}

function position(instant: string, scale: Scale): number {
  return percent(secondsBetween(scale.from, instant), scale);
}

function axisTick(x: number, label: string, bottom: number): Html {
  // A label centred on either end of the axis would be cut off by the edge of the page.
  const anchor = x < 4 ? 'start' : x > 94 ? 'end' : 'middle';
  return html`<line class="grid" x1="${x}%" x2="${x}%" y1="0" y2="${bottom + 5}" />
    <text class="tick" x="${x}%" y="${bottom + 20}" text-anchor="${anchor}">${label}</text> `;
}

/** The time without writes, behind all phases. The line at its start keeps a stop of minutes in days of migration in sight. */
function writeStopBand({ cutover, endedAt, generatedAt }: Report, scale: Scale, height: number): Html | null {
  const since = cutover?.writesStoppedAt ?? null;
  if (since === null) return null;
  const until = cutover?.writesBackAt ?? endedAt ?? generatedAt;
  const start = position(since, scale);
  const width = Math.min(100 - start, Math.max(0, Number((position(until, scale) - start).toFixed(3))));
  return html`<g>
    <rect class="band" x="${start}%" y="0" width="${width}%" height="${height}"
      ><title>Writes stopped</title></rect
    >
    <line class="band-start" x1="${start}%" x2="${start}%" y1="0" y2="${height}" />
  </g>`;
}

function phaseRow(phase: ReportedPhase, top: number, scale: Scale, generatedAt: string): Html {
  const barTop = top + BAR_TOP;
  return html`<g>
    <text class="phase" x="0" y="${top + 15}">${PHASE_TITLES[phase.name]}</text>
    <text class="length" x="100%" y="${top + 15}" text-anchor="end">${lengthOf(phase)}</text>
    <rect class="track" x="0" y="${barTop}" width="100%" height="${BAR}" />
    ${phase.startedAt === null ? null : bar(phase, phase.startedAt, barTop, scale, generatedAt)}
  </g> `;
}

/** The line at the start keeps a phase of no length, or of one thousandth of the job, in sight. */
function bar(phase: ReportedPhase, startedAt: string, top: number, scale: Scale, generatedAt: string): Html {
  const start = position(startedAt, scale);
  const end = position(phase.endedAt ?? generatedAt, scale);
  const width = Math.min(100 - start, Math.max(0, Number((end - start).toFixed(3))));
  return html`<rect
      class="${phase.endedAt === null ? 'bar open' : 'bar'}"
      x="${start}%"
      y="${top}"
      width="${width}%"
      height="${BAR}"
    />
    <line class="start" x1="${start}%" x2="${start}%" y1="${top}" y2="${top + BAR}" />`;
}

function eventsRow(events: readonly TimelineEvent[], top: number, scale: Scale): Html {
  return html`<g>
    <text class="phase" x="0" y="${top + 15}">Events</text>
    <text class="length" x="100%" y="${top + 15}" text-anchor="end">${events.length}</text>
    ${events.map((event) => {
      const x = position(event.at, scale);
      return html`<line class="event" x1="${x}%" x2="${x}%" y1="${top + BAR_TOP}" y2="${top + BAR_TOP + 12}"
        ><title>${event.sequence}. ${event.message}</title></line
      > `;
    })}
  </g>`;
}

function lengthOf(phase: ReportedPhase): string {
  if (phase.seconds !== null) return humanDuration(phase.seconds);
  return phase.startedAt === null ? 'not reached' : 'under way';
}

function inWords(report: Report, scale: Scale): string {
  const phases = report.phases.map((phase) => {
    const offset =
      phase.startedAt === null ? '' : ` from ${humanDuration(secondsBetween(scale.from, phase.startedAt))}`;
    return `${PHASE_TITLES[phase.name]}${offset}: ${lengthOf(phase)}.`;
  });
  const { writeStopSeconds = null } = report.cutover ?? {};
  const stop = writeStopSeconds === null ? '' : ` ${exactDuration(writeStopSeconds)} without writes.`;
  return `${humanDuration(scale.span)} in all. ${phases.join(' ')}${stop} ${counted(report.events.length, 'event')}.`;
}
