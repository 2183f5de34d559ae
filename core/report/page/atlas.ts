import type { Report } from '../report.ts';
import { code, facts, instant, section } from './pieces.ts';
import type { Html } from './template.ts';

/** The ids under which the same work is found in Atlas. */
export function atlas({ atlas: ids, atlasUrl, source, target }: Report): Html {
  const id = (value: string | null) => (value === null ? 'none' : code(value));
  return section(
    'atlas',
    'In Atlas',
    facts([
      ['Atlas', atlasUrl === null ? null : code(atlasUrl)],
      ['Restore job', id(ids.restoreJobId)],
      ['Snapshot', id(ids.snapshotId)],
      ['Source project', source === null ? null : code(source.project)],
      ['Target project', target === null ? null : code(target.project)],
      ['Kind of cluster', ids.clusterKind],
      ['Restore finished', ids.restoreFinishedAt === null ? null : instant(ids.restoreFinishedAt)],
      ['Download good until', ids.downloadExpiresAt === null ? null : instant(ids.downloadExpiresAt)],
    ]),
  );
}
