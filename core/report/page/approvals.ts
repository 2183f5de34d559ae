import { gateText, REFUSALS, whoIsAsked } from '../../jobs/approvals/wording.ts';
import type { Report } from '../report.ts';
import type { ReportedApproval, ReportedDecision } from '../reported-approvals.ts';
import { badge, code, facts, instant, section, type Tone } from './pieces.ts';
import { html, type Html } from './template.ts';

const OUTCOMES: Readonly<
  Record<NonNullable<ReportedApproval['outcome']>, readonly [tone: Tone, word: string]>
> = {
  approved: ['good', 'Approved'],
  rejected: ['bad', 'Refused'],
  expired: ['bad', 'Not approved in time'],
};

/** Who was asked what, and who said what to it; nothing for a job that asked nobody. */
export function approvals({ approvals: asked, endedAt }: Report): Html | null {
  if (asked.length === 0) return null;
  return section(
    'approvals',
    'Approvals',
    html`<p class="rules">
      Whoever starts a job never approves it, and silence means no. Each answer names the plan that it was
      given for. What was refused is in the timeline too.
    </p>`,
    html`${asked.map((one) => approval(one, endedAt !== null))}`,
  );
}

function approval(asked: ReportedApproval, jobEnded: boolean): Html {
  const { gate, action, erases, recoveryPoint, planHash, number, requestedAt, until, endedAt } = asked;
  return html`<div class="approval">
    <h3>${capital(gateText(gate))}</h3>
    <p class="asked">${action}</p>
    ${facts([
      ['Outcome', outcome(asked, jobEnded)],
      ['Erases', erases === null ? null : code(erases)],
      ['Recovery point', recoveryPoint === null ? null : point(recoveryPoint)],
      ['Asked', html`${instant(requestedAt)}, until ${instant(until)}`],
      ['Request', number === 1 ? null : `number ${number}: the plan had changed since the one before`],
      ['Of whom', whoIsAsked({ count: asked.count, ...(asked.from !== null && { from: [...asked.from] }) })],
      ['Ended', endedAt === null ? null : instant(endedAt)],
      ['Plan', code(planHash)],
    ])}
    ${decisions(asked.decisions)}
  </div> `;
}

function outcome({ outcome: ended }: ReportedApproval, jobEnded: boolean): Html {
  if (ended !== null) return badge(...OUTCOMES[ended]);
  return jobEnded
    ? badge('plain', 'The job ended before it was answered')
    : badge('plain', 'Waits for an answer');
}

function point({ time, snapshotId }: NonNullable<ReportedApproval['recoveryPoint']>): Html {
  return html`${time === null ? 'not complete yet' : instant(time)}${snapshotId === null ? null : html`, snapshot ${code(snapshotId)}`}`;
}

function decisions(said: readonly ReportedDecision[]): Html {
  if (said.length === 0) return html`<p class="none">Nobody answered.</p>`;
  return html`<table class="results">
    <thead>
      <tr>
        <th scope="col">Answer</th>
        <th scope="col">Who and when</th>
        <th scope="col">Reason</th>
      </tr>
    </thead>
    <tbody>
      ${said.map(decisionRow)}
    </tbody>
  </table>`;
}

function decisionRow(said: ReportedDecision): Html {
  const { decision, by, at, reason, played, refused } = said;
  const word = decision === 'approve' ? badge('good', 'Yes') : badge('bad', 'No');
  return html`<tr>
    <td>${refused === null ? word : badge('doubt', 'Void')}</td>
    <th scope="row">
      ${by.who}
      <span class="meaning">${played ? 'played by Lifeboat' : by.type}, ${instant(at)}</span>
    </th>
    <td>${reason} ${refused === null ? null : html`<span class="meaning">${REFUSALS[refused]}</span>`}</td>
  </tr> `;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
