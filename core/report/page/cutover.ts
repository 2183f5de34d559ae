import { exactDuration, humanDuration } from '../human.ts';
import { secondsBetween } from '../../clock.ts';
import type { Report } from '../report.ts';
import type { ReportedCutover } from '../reported-cutover.ts';
import { badge, code, duration, facts, instant, section, type Tone } from './pieces.ts';
import { route } from './route.ts';
import { html, type Html } from './template.ts';
import { writeStopDrawing } from './write-stop-drawing.ts';

const SIDES: Readonly<Record<ReportedCutover['side'], readonly [tone: Tone, word: string, meaning: string]>> =
  {
    before: ['plain', 'Not reached', 'No cutover can have been carried out: the source is what it was.'],
    after: ['plain', 'Passed', 'There is no way back through Atlas.'],
    unknown: [
      'doubt',
      'Not known',
      'Atlas was asked, and whether it carries the cutover out was not to be seen.',
    ],
  };

/** What was cut over, how long the application could not write, and how close the target had come. */
export function cutover(report: Report): Html | null {
  const { cutover: facts } = report;
  if (facts === null) return null;
  return section(
    'cutover',
    facts.completedAt === null ? 'What was to be cut over' : 'What was cut over',
    route(report.source ?? 'outside of Atlas', report.target ?? 'the target', report.projects),
    migrationFacts(facts),
    html`<h3>The time without writes</h3>`,
    ...writeStop(report, facts),
    html`<h3>How far the target was behind</h3>`,
    readings(facts),
  );
}

function migrationFacts(cutover: ReportedCutover): Html {
  const { foundCutOverAt, cutoverAskedAt, attempts } = cutover;
  const asked = cutoverAskedAt === null ? notAsked(attempts) : instant(cutoverAskedAt);
  return facts([
    ['Live migration', code(cutover.migrationId)],
    ['In Atlas', cutover.status === null ? 'not seen' : code(cutover.status)],
    ['Ready since', orNot(cutover.readyAt, 'not seen ready')],
    ['Point of no return', sideOf(cutover)],
    [
      'Cutover asked for',
      attempts > 1 && cutoverAskedAt !== null
        ? html`${asked}, request ${attempts}; Atlas did not carry out those before`
        : asked,
    ],
    ['Taken by Atlas', orNot(cutover.acceptedAt, 'not seen')],
    ['Complete', orNot(cutover.completedAt, 'not seen complete')],
    ['Found cut over already', foundCutOverAt === null ? null : instant(foundCutOverAt)],
    ['Snapshot afterwards', cutover.snapshotId === null ? 'none' : code(cutover.snapshotId)],
  ]);
}

function sideOf({ side }: ReportedCutover): Html {
  const [tone, word, meaning] = SIDES[side];
  return html`${badge(tone, word)} <span class="meaning">${meaning}</span>`;
}

function notAsked(attempts: number): string {
  return attempts === 0 ? 'no' : `no request stands; ${attempts} came to nothing`;
}

function orNot(at: string | null, otherwise: string): Html | string {
  return at === null ? otherwise : instant(at);
}

function writeStop(report: Report, cutover: ReportedCutover): readonly Html[] {
  const { writesStoppedAt, writesBackAt, writeStopSeconds } = cutover;
  if (writesStoppedAt === null) {
    return [
      html`<p class="none">
        ${cutover.writeStopBegun ? 'A step that stops writes had begun; whether it did is not known.' : 'Writes were not stopped.'}
      </p>`,
    ];
  }
  return [
    html`<p class="stop-length">
      ${writeStopSeconds === null ? html`${badge('bad', 'Still stopped')} when this report was made` : html`<strong>${exactDuration(writeStopSeconds)}</strong> without writes`}
    </p>`,
    writeStopDrawing(cutover, writesStoppedAt, report.endedAt ?? report.generatedAt),
    facts([
      ['Writes stopped', instant(writesStoppedAt)],
      ['Until the cutover was asked for', untilAsked(cutover, writesStoppedAt)],
      [
        cutover.side === 'before' ? 'Writes back on the source' : 'Writes to the target',
        orNot(writesBackAt, 'not yet'),
      ],
    ]),
  ];
}

/** What the runbook limits is the time until the request: what comes after it has to be waited for in any case. */
function untilAsked({ cutoverAskedAt, maxWriteStopSeconds }: ReportedCutover, since: string): Html | string {
  const most = `${humanDuration(maxWriteStopSeconds)} at most`;
  if (cutoverAskedAt === null) return `not asked for; ${most}`;
  return html`${duration(secondsBetween(since, cutoverAskedAt))} of ${most}`;
}

function readings({ readings: counted, readingsWanted, lagAtMostSeconds }: ReportedCutover): Html {
  const rule = html`<p class="rules">
    The runbook wants ${readingsWanted} readings in a row, each known and at most
    ${duration(lagAtMostSeconds)}, with writes stopped. ${counted.length === 0 ? 'None counted.' : null}
  </p>`;
  if (counted.length === 0) return rule;
  return html`${rule}
    <table class="readings">
      <thead>
        <tr>
          <th scope="col">Read</th>
          <th scope="col">Lag</th>
        </tr>
      </thead>
      <tbody>
        ${counted.map(
          ({ at, lagSeconds }) =>
            html`<tr>
              <td>${instant(at)}</td>
              <td>${lagSeconds === null ? 'unknown' : duration(lagSeconds)}</td>
            </tr> `,
        )}
      </tbody>
    </table>`;
}
