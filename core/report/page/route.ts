import type { ClusterRef } from '../../runbooks/cluster.ts';
import type { ProjectNames } from '../../runbooks/project.ts';
import { code } from './pieces.ts';
import { html, type Html } from './template.ts';

/**
 * From where to where data went; what is no cluster is named in words.
 *
 * @param names of projects, as far as they are known.
 */
export function route(from: ClusterRef | string, to: ClusterRef | string, names: ProjectNames = {}): Html {
  return html`<div class="route">
    <div>
      <p class="role">From</p>
      ${place(from, names)}
    </div>
    <p class="arrow" aria-hidden="true">→</p>
    <div>
      <p class="role">To</p>
      ${place(to, names)}
    </div>
  </div>`;
}

function place(where: ClusterRef | string, names: ProjectNames): Html {
  if (typeof where === 'string') return html`<p class="cluster">${where}</p>`;
  const name = names[where.project];
  return html`<p class="cluster">${where.cluster}</p>
    <p class="project">project ${name === undefined ? null : `${name}, `}${code(where.project)}</p>`;
}
