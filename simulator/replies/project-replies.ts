import type { ProjectEvent } from '../events.ts';
import type { ApiRequest } from '../http-types.ts';
import { link } from '../pages.ts';
import type { ProjectState } from '../project-state.ts';
import { instant } from './instant.ts';
import { projectPath } from './names.ts';

/** A project. */
export function projectReply(request: ApiRequest, project: ProjectState): unknown {
  const path = projectPath(project.id);
  return {
    clusterCount: request.world.clusters.filter((cluster) => cluster.project === project.id).length,
    created: instant(project.createdAt),
    id: project.id,
    links: [
      link(request, 'self', path),
      link(request, 'https://cloud.mongodb.com/clusters', `${path}/clusters`),
    ],
    name: project.name,
    orgId: project.organization,
    tags: [],
    withDefaultAlertsSettings: true,
  };
}

/** An event of a project. Like Atlas's, it does not name its cluster: `clusterNames` of the request filters. */
export function eventReply(request: ApiRequest, event: ProjectEvent): unknown {
  return {
    created: instant(event.at),
    eventTypeName: event.type,
    groupId: event.project,
    id: event.id,
    isGlobalAdmin: false,
    links: [link(request, 'self', `${projectPath(event.project)}/events/${event.id}`)],
    orgId: organization(request, event.project),
  };
}

function organization(request: ApiRequest, project: string): string | undefined {
  return request.world.projects.find((known) => known.id === project)?.organization;
}
