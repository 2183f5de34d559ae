import type { StepStatus } from '../../jobs/step-record.ts';
import type { Stage } from '../../runbooks/steps/stages.ts';
import type { Report, ReportedStep } from '../report.ts';
import { evidenceList } from './checks.ts';
import { badge, duration, section, type Tone } from './pieces.ts';
import { html, type Html } from './template.ts';

const OUTCOMES: Readonly<Record<StepStatus, readonly [tone: Tone, word: string]>> = {
  running: ['plain', 'Not ended'],
  done: ['good', 'Done'],
  failed: ['bad', 'Failed'],
  warned: ['doubt', 'Warning'],
  unknown: ['doubt', 'Unknown'],
};

const STAGE_WORDS: Readonly<Record<Stage, string>> = {
  ready: 'before anything is changed',
  before: 'just before it',
  stopWrites: 'stops the writes',
  verify: 'verifies it',
  switchWrites: 'lets writes go to the target',
  after: 'after it',
  resumeWrites: 'lets writes go to the source again',
  cleanup: 'cleans up',
};

/** What the runbook had done beside Lifeboat’s own work; nothing for a runbook without steps. */
export function steps(report: Report): Html | null {
  if (report.steps.length === 0) return null;
  return section(
    'steps',
    'Steps of the runbook',
    html`<p class="tally">${tally(report.steps)}</p>`,
    html`<table class="results">
      <thead>
        <tr>
          <th scope="col">Result</th>
          <th scope="col">Step</th>
          <th scope="col">What was seen or done</th>
        </tr>
      </thead>
      <tbody>
        ${report.steps.map(row)}
      </tbody>
    </table>`,
  );
}

function row({ stage, name, use, status, seconds, message, evidence }: ReportedStep): Html {
  return html`<tr>
    <td>${status === null ? badge('plain', 'Not begun') : badge(...OUTCOMES[status])}</td>
    <th scope="row">
      ${name}
      <span class="meaning"
        >${use}, ${STAGE_WORDS[stage]}${seconds === null ? null : html`, ${duration(seconds)}`}</span
      >
    </th>
    <td>${message ?? '–'} ${evidence === null ? null : evidenceList(evidence)}</td>
  </tr> `;
}

function tally(all: readonly ReportedStep[]): string {
  const count = (...statuses: readonly ReportedStep['status'][]) =>
    all.filter(({ status }) => statuses.includes(status)).length;
  return `${count('done')} of ${all.length} done, ${count('failed', 'warned')} failed, ${count('unknown')} could not look, ${count(null, 'running')} not begun or not ended.`;
}
