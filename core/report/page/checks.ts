import { workflowOf } from '../../jobs/job.ts';
import type { Policy } from '../../policy/policy.ts';
import type { CheckResult } from '../../runbooks/check.ts';
import type { Report } from '../report.ts';
import { badge, code, facts, section, type Tone } from './pieces.ts';
import { html, type Html } from './template.ts';

const OUTCOMES: Readonly<Record<CheckResult['outcome'], readonly [tone: Tone, word: string]>> = {
  pass: ['good', 'Pass'],
  fail: ['bad', 'Fail'],
  unknown: ['doubt', 'Unknown'],
};

type Headings = Readonly<Record<ReturnType<typeof workflowOf>, string>>;

const GUARDS_HEADINGS: Headings = {
  restore: 'Guards, before the restore',
  cutover: 'Guards, before the cutover',
  pipeline: 'Guards, at the start',
  campaign: 'Guards, before the first drill',
};

const CHECKS_HEADINGS: Headings = {
  restore: 'Checks, after the restore',
  cutover: 'Checks, after the cutover',
  pipeline: 'Checks of what was exported',
  campaign: 'What came of the drills',
};

/** What was looked at before anything was changed, and the installation's own rules. */
export function guards(report: Report): Html {
  return section(
    'guards',
    GUARDS_HEADINGS[workflowOf(report.kind)],
    results('Guard', report.guards),
    html`<p class="rules">The installation’s own rules, beside those of the runbook:</p>`,
    policyFacts(report.policy),
  );
}

/** What was looked at afterwards. */
export function checks(report: Report): Html {
  return section('checks', CHECKS_HEADINGS[workflowOf(report.kind)], results('Check', report.checks));
}

function results(noun: 'Guard' | 'Check', rows: readonly CheckResult[]): Html {
  if (rows.length === 0) return html`<p class="none">No ${noun.toLowerCase()} was run.</p>`;
  return html`<p class="tally">${tally(rows)}</p>
    <table class="results">
      <thead>
        <tr>
          <th scope="col">Result</th>
          <th scope="col">${noun}</th>
          <th scope="col">What was seen</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(row)}
      </tbody>
    </table>`;
}

function row({ name, outcome, message, evidence }: CheckResult): Html {
  return html`<tr>
    <td>${badge(...OUTCOMES[outcome])}</td>
    <th scope="row">${name}</th>
    <td>${message} ${evidence === undefined ? null : evidenceList(evidence)}</td>
  </tr> `;
}

/** The values that a result or an event rests on, as pairs on flowing lines. */
export function evidenceList(evidence: NonNullable<CheckResult['evidence']>): Html {
  return html`<dl class="evidence">
    ${Object.entries(evidence).map(
      ([key, value]) =>
        html`<div>
          <dt>${key}</dt>
          <dd>${code(String(value))}</dd>
        </div> `,
    )}
  </dl>`;
}

function tally(rows: readonly CheckResult[]): string {
  const count = (outcome: CheckResult['outcome']) => rows.filter((row) => row.outcome === outcome).length;
  return `${count('pass')} of ${rows.length} passed, ${count('fail')} failed, ${count('unknown')} could not look.`;
}

function policyFacts({ protectedClusters, allowedProjects }: Policy): Html {
  return facts([
    ['Protected clusters', protectedClusters.length === 0 ? 'none' : protectedClusters.join(', ')],
    ['Allowed projects', allowedProjects === undefined ? 'any' : allowedProjects.join(', ')],
  ]);
}
