import { secondsBetween } from '../../clock.ts';
import type { TimelineEvent } from '../../jobs/timeline.ts';
import { humanDuration } from '../human.ts';
import type { Report } from '../report.ts';
import { evidenceList } from './checks.ts';
import { instant, section } from './pieces.ts';
import { html, type Html } from './template.ts';

const HASH_PREFIX = 12;

/** Everything that was written down while the job ran. */
export function events({ events: timeline, createdAt }: Report): Html {
  if (timeline.length === 0) {
    return section('events', 'Events', html`<p class="none">No event was recorded.</p>`);
  }
  return section(
    'events',
    'Events',
    html`<table class="events">
      <thead>
        <tr>
          <th scope="col">No.</th>
          <th scope="col">Time, since creation</th>
          <th scope="col">Event</th>
          <th scope="col">Hash</th>
        </tr>
      </thead>
      <tbody>
        ${timeline.map((event) => row(event, createdAt))}
      </tbody>
    </table>`,
  );
}

function row(event: TimelineEvent, createdAt: string): Html {
  return html`<tr>
    <th scope="row">${event.sequence}</th>
    <td class="when">
      ${instant(event.at, 'milliseconds')}
      <span class="offset">${humanDuration(secondsBetween(createdAt, event.at))}</span>
    </td>
    <td class="what">
      <span class="message">${event.message}</span> <code class="type">${event.type}</code>
      ${event.data === undefined ? null : evidenceList(event.data)}
    </td>
    <td class="hash"><code title="${event.hash}">${event.hash.slice(0, HASH_PREFIX)}</code></td>
  </tr> `;
}
