import type { WorldFile } from '../../simulator/world-schema.ts';

/** Clusters that share a project. Atlas counts rates and lists processes by project. */
const TOGETHER = 10;

/** A world with a source and a target for each of so many drills. */
export function worldFor(drills: number): WorldFile {
  const projects = Array.from({ length: Math.ceil(drills / TOGETHER) }, (_, nth) => {
    const first = nth * TOGETHER;
    const members = Array.from({ length: Math.min(TOGETHER, drills - first) }, (_member, at) => first + at);
    return [
      {
        id: sourceProject(first),
        name: `production-${nth}`,
        clusters: members.map((member) => ({ name: `orders-${member}`, scheduledDays: 31 })),
      },
      {
        id: targetProject(first),
        name: `drills-${nth}`,
        clusters: members.map((member) => ({ name: `drill-${member}` })),
      },
    ];
  });
  return { projects: projects.flat() };
}

/** The runbook of one of the drills: its own source, its own target. */
export function runbookFor(nth: number): string {
  return `version: 1
kind: drill
name: drill-${nth}
source: { project: ${sourceProject(nth)}, cluster: orders-${nth} }
target: { project: ${targetProject(nth)}, cluster: drill-${nth} }
recoveryPoint: { latest: {} }
objectives: { rpo: 24h }
guards: { allowedProjects: [${targetProject(nth)}] }
`;
}

function sourceProject(nth: number): string {
  return projectId('a', nth);
}

function targetProject(nth: number): string {
  return projectId('b', nth);
}

function projectId(letter: 'a' | 'b', nth: number): string {
  return `${letter.repeat(16)}${String(Math.floor(nth / TOGETHER)).padStart(8, '0')}`;
}
