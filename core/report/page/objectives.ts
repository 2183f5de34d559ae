import { humanDuration } from '../human.ts';
import type { Report } from '../report.ts';
import type { ReportedObjective } from '../reported-restore.ts';
import { badge, duration, section } from './pieces.ts';
import { html, type Html } from './template.ts';

/** The objectives against what was achieved; nothing for a job that restores nothing. */
export function objectives({ delivery, objectives: { rto, rpo }, recoveryPoint }: Report): Html | null {
  if (delivery === null) return null;
  const worstCase = recoveryPoint?.chosenBy === 'random' && recoveryPoint.nextTime !== null;
  return section(
    'objectives',
    'Objectives against achieved',
    html`<table class="objectives">
      <thead>
        <tr>
          <th scope="col">Objective</th>
          <th scope="col">Set</th>
          <th scope="col">Achieved</th>
          <th scope="col">Result</th>
        </tr>
      </thead>
      <tbody>
        ${row('Recovery time', 'RTO: from the start of the job to the verified restore', rto)}
        ${row('Recovery point', worstCase ? 'RPO: from the recovery point to the next one, the worst case' : 'RPO: from the recovery point to the loss of the data', rpo)}
      </tbody>
    </table>`,
  );
}

function row(name: string, meaning: string, objective: ReportedObjective): Html {
  const { objectiveSeconds, achievedSeconds } = objective;
  return html`<tr>
    <th scope="row">${name} <span class="meaning">${meaning}</span></th>
    <td data-label="Set">${objectiveSeconds === null ? 'not set' : duration(objectiveSeconds)}</td>
    <td data-label="Achieved">
      ${achievedSeconds === null ? 'not measured' : html`<span class="achieved">${duration(achievedSeconds)}</span>`}
    </td>
    <td data-label="Result">${result(objective)}</td>
  </tr>`;
}

/** The margin is given beside the result: rounded, a duration just over its objective would look equal to it. */
function result({ objectiveSeconds, achievedSeconds, met }: ReportedObjective): Html {
  if (objectiveSeconds === null) return badge('plain', 'No objective');
  if (met === null || achievedSeconds === null) return badge('doubt', 'Not judged');
  const margin = humanDuration(Math.abs(objectiveSeconds - achievedSeconds));
  return met
    ? html`${badge('good', 'Met')} <span class="margin">${margin} to spare</span>`
    : html`${badge('bad', 'Missed')} <span class="margin">by ${margin}</span>`;
}
