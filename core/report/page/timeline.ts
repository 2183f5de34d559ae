import type { Report, ReportedPhase } from '../report.ts';
import { duration, instant, section } from './pieces.ts';
import { PHASE_TITLES } from './phase-titles.ts';
import { html, type Html } from './template.ts';
import { timelineDrawing } from './timeline-drawing.ts';

/** Where the time went: drawn, and as a table with the exact instants. */
export function timeline(report: Report): Html {
  return section(
    'timeline',
    'Timeline',
    html`<figure>
      ${timelineDrawing(report)}
      <figcaption>
        Drawn to scale. The axis counts from the creation of the job.
        ${(report.cutover?.writesStoppedAt ?? null) === null ? null : 'The shaded band is the time without writes.'}
      </figcaption>
    </figure>`,
    html`<table class="phases">
      <thead>
        <tr>
          <th scope="col">Phase</th>
          <th scope="col">Started</th>
          <th scope="col">Ended</th>
          <th scope="col">Took</th>
        </tr>
      </thead>
      <tbody>
        ${report.phases.map(row)}
      </tbody>
    </table>`,
  );
}

function row(phase: ReportedPhase): Html {
  const { name, startedAt, endedAt, seconds } = phase;
  const ended = startedAt === null ? '–' : 'not yet';
  return html`<tr>
    <th scope="row">${PHASE_TITLES[name]}</th>
    <td data-label="Started">${startedAt === null ? 'not reached' : instant(startedAt)}</td>
    <td data-label="Ended">${endedAt === null ? ended : instant(endedAt)}</td>
    <td data-label="Took">${seconds === null ? '–' : duration(seconds)}</td>
  </tr> `;
}
