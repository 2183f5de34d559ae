import { secondsBetween } from '../../clock.ts';
import { exactDuration, humanDuration } from '../human.ts';
import type { ReportedCutover } from '../reported-cutover.ts';
import { ticks } from './axis.ts';
import { html, type Html } from './template.ts';

/** Heights in pixels, as in the timeline. */
const BAR_TOP = 26;
const BAR = 18;
const AXIS = 26;
const MARKS = 22;

/** Something that happened while the application could not write. */
interface Mark {
  readonly title: string;
  readonly at: string;
}

/**
 * The time without writes on an axis of its own, from when writes were stopped: beside days of migration it would be too
 * short to be seen.
 *
 * @param since when writes were stopped, ISO 8601 UTC.
 * @param until when the report ends: writes that are not back are drawn up to here, as open.
 */
export function writeStopDrawing(cutover: ReportedCutover, since: string, until: string): Html {
  const end = cutover.writesBackAt ?? until;
  const length = Math.max(0, secondsBetween(since, end));
  const marks = marksOf(cutover).filter(({ at }) => secondsBetween(since, at) >= 0);
  const span = Math.max(1, length, ...marks.map(({ at }) => secondsBetween(since, at)));
  const percent = (seconds: number) => Number(((seconds / span) * 100).toFixed(3));
  const placed = marks.map(({ title, at }, index) => {
    const seconds = secondsBetween(since, at);
    return { words: `${title}, after ${humanDuration(seconds)}`, x: percent(seconds), y: markY(index) };
  });
  const height = BAR_TOP + BAR + marks.length * MARKS + AXIS;
  const bottom = height - AXIS;
  return html`<figure>
    <svg class="timeline" role="img" aria-labelledby="stop-title stop-desc" width="100%" height="${height}">
      <title id="stop-title">The time without writes, drawn to scale</title>
      <desc id="stop-desc">${inWords(cutover, since, length, marks)}</desc>
      ${ticks(span).map((tick) => axisTick(percent(tick.at), tick.label, bottom))}
      <text class="phase" x="0" y="16">Writes stopped</text>
      <text class="length" x="100%" y="16" text-anchor="end">${exactDuration(length)}</text>
      <rect
        class="${cutover.writesBackAt === null ? 'stop open' : 'stop'}"
        x="0"
        y="${BAR_TOP}"
        width="${percent(length)}%"
        height="${BAR}"
      />
      ${placed.map(markLine)} ${placed.map(markWords)}
    </svg>
    <figcaption>Drawn to scale, on an axis of its own that counts from when writes were stopped.</figcaption>
  </figure>`;
}

/** Where a mark is drawn, and what stands beside it. */
interface Placed {
  readonly words: string;
  /** Percent of the width. */
  readonly x: number;
  readonly y: number;
}

/** Each mark has a row of its own, so that marks close to each other stay legible. */
function markY(index: number): number {
  return BAR_TOP + BAR + index * MARKS + 16;
}

function markLine({ x, y }: Placed): Html {
  return html`<line class="event" x1="${x}%" x2="${x}%" y1="${BAR_TOP}" y2="${y}" />`;
}

function markWords({ words, x, y }: Placed): Html {
  const [anchor, gap] = x > 50 ? ['end', -6] : ['start', 6];
  return html`<text class="mark" x="${x}%" y="${y}" dx="${gap}" text-anchor="${anchor}">${words}</text> `;
}

function axisTick(x: number, label: string, bottom: number): Html {
  const anchor = x < 4 ? 'start' : x > 94 ? 'end' : 'middle';
  return html`<line class="grid" x1="${x}%" x2="${x}%" y1="${BAR_TOP}" y2="${bottom + 5}" />
    <text class="tick" x="${x}%" y="${bottom + 20}" text-anchor="${anchor}">${label}</text> `;
}

function marksOf({ readings, cutoverAskedAt, completedAt }: ReportedCutover): readonly Mark[] {
  const [first] = readings;
  return [
    ...(first === undefined ? [] : [{ title: 'First low reading', at: first.at }]),
    ...(cutoverAskedAt === null ? [] : [{ title: 'Cutover asked for', at: cutoverAskedAt }]),
    ...(completedAt === null ? [] : [{ title: 'Complete', at: completedAt }]),
  ];
}

function inWords(
  { writesBackAt }: ReportedCutover,
  since: string,
  length: number,
  marks: readonly Mark[],
): string {
  const ended = writesBackAt === null ? 'and not back yet' : 'then back';
  const parts = marks.map(({ title, at }) => `${title} after ${humanDuration(secondsBetween(since, at))}.`);
  return [`Writes were stopped for ${exactDuration(length)}, ${ended}.`, ...parts].join(' ');
}
