import type { ClusterRef } from '../../runbooks/cluster.ts';
import { code } from './pieces.ts';
import { html, type Html } from './template.ts';

/** From where to where data went; what is no cluster is named in words. */
export function route(from: ClusterRef | string, to: ClusterRef | string): Html {
  return html`<div class="route">
    <div>
      <p class="role">From</p>
      ${place(from)}
    </div>
    <p class="arrow" aria-hidden="true">→</p>
    <div>
      <p class="role">To</p>
      ${place(to)}
    </div>
  </div>`;
}

function place(where: ClusterRef | string): Html {
  if (typeof where === 'string') return html`<p class="cluster">${where}</p>`;
  return html`<p class="cluster">${where.cluster}</p>
    <p class="project">project ${code(where.project)}</p>`;
}
