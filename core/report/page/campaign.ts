import { clusterTitle, type ProjectNames } from '../../runbooks/project.ts';
import { outcomeOf } from '../outcome.ts';
import type { Report } from '../report.ts';
import type { ReportedDrill } from '../reported-campaign.ts';
import { howTheDrillsWent } from '../sentences/campaign.ts';
import { badge, duration, facts, section, type Tone } from './pieces.ts';
import { html, type Html } from './template.ts';

const TONES: Readonly<Record<ReturnType<typeof outcomeOf>, Tone>> = {
  passed: 'good',
  failed: 'bad',
  inconclusive: 'doubt',
  cancelled: 'plain',
  running: 'plain',
  pending: 'plain',
};

/** Every drill of a campaign, each with the way to its own report, which is kept beside this one. */
export function campaign({ campaign: told, projects }: Report): Html | null {
  if (told === null) return null;
  return section(
    'campaign',
    'The drills',
    facts([
      ['Drills', howTheDrillsWent(told)],
      ['Targets', told.targets.map((target) => clusterTitle(target, projects)).join(', ')],
    ]),
    told.drills.length === 0
      ? html`<p class="none">No cluster was drilled.</p>`
      : drills(told.drills, projects),
  );
}

function drills(all: readonly ReportedDrill[], names: ProjectNames = {}): Html {
  return html`<table class="exported">
    <thead>
      <tr>
        <th scope="col">Cluster</th>
        <th scope="col">Target</th>
        <th scope="col">Result</th>
        <th scope="col">Time</th>
        <th scope="col">RTO</th>
        <th scope="col">RPO</th>
        <th scope="col">Report</th>
      </tr>
    </thead>
    <tbody>
      ${all.map((drill) => row(drill, names))}
    </tbody>
  </table>`;
}

function row(drill: ReportedDrill, names: ProjectNames): Html {
  const { jobId, source, target, status, verdict, failure, ...measured } = drill;
  return html`<tr>
    <th scope="row">${clusterTitle(source, names)}</th>
    <td data-label="Target">${target === null ? '–' : clusterTitle(target, names)}</td>
    <td data-label="Result">
      ${status === null ? badge('plain', 'did not begin') : result(outcomeOf({ status, verdict }))}
      ${failure === null ? null : html`<br />${failure.name}: ${failure.message}`}
    </td>
    <td data-label="Time">${orNone(measured.seconds)}</td>
    <td data-label="RTO">${orNone(measured.rtoSeconds)}</td>
    <td data-label="RPO">${orNone(measured.rpoSeconds)}</td>
    <td data-label="Report">${status === null ? '–' : html`<a href="${`${jobId}.html`}">${jobId}</a>`}</td>
  </tr> `;
}

function result(outcome: ReturnType<typeof outcomeOf>): Html {
  return badge(TONES[outcome], outcome);
}

function orNone(seconds: number | null): Html | string {
  return seconds === null ? '–' : duration(seconds);
}
