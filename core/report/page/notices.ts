import { counted } from '../human.ts';
import type { Report } from '../report.ts';
import type { ReportedNotice } from '../reported-notices.ts';
import { badge, instant, section } from './pieces.ts';
import { html, type Html } from './template.ts';

/** What people were told; nothing for a job that told nobody. */
export function notices({ notices: told }: Report): Html | null {
  if (told.length === 0) return null;
  return section(
    'notices',
    'Messages to people',
    html`<p class="rules">A message that does not arrive changes nothing about the job.</p>`,
    html`<table class="results">
      <thead>
        <tr>
          <th scope="col">Result</th>
          <th scope="col">Message</th>
          <th scope="col">Last attempt</th>
        </tr>
      </thead>
      <tbody>
        ${told.map(row)}
      </tbody>
    </table>`,
  );
}

function row(notice: ReportedNotice): Html {
  const { notice: name, to, channel, attempts, triedAt, problem } = notice;
  return html`<tr>
    <td>${outcome(notice)}</td>
    <th scope="row">
      ${name} <span class="meaning">${to ?? 'a channel'}, number ${channel} of notify</span>
    </th>
    <td>
      ${instant(triedAt)}, ${counted(attempts, 'attempt')}
      ${problem === null ? null : html`<span class="meaning">${problem}</span>`}
    </td>
  </tr> `;
}

function outcome({ outcome: ended, problem }: ReportedNotice): Html {
  if (ended === 'sent') return badge('good', 'Sent');
  if (ended === 'given-up') return badge('bad', 'Given up');
  return badge('doubt', problem === null ? 'Under way' : 'Tried');
}
