import type { Report } from '../report.ts';
import { code, facts, instant, section, type Fact } from './pieces.ts';
import type { Html } from './template.ts';

/** The ids under which the same work is found in Atlas. */
export function atlas(report: Report): Html {
  const { atlas: ids, atlasUrl, source, target, delivery } = report;
  return section(
    'atlas',
    'In Atlas',
    facts([
      ['Atlas', atlasUrl === null ? null : code(atlasUrl)],
      ...otherThanRestore(report),
      ['Restore job', delivery === null ? null : id(ids.restoreJobId)],
      ['Snapshot', id(ids.snapshotId ?? report.pipelineRun?.snapshotId ?? null)],
      ['Source project', source === null ? null : code(source.project)],
      ['Target project', target === null ? null : code(target.project)],
      ['Kind of cluster', ids.clusterKind],
      ['Restore finished', ids.restoreFinishedAt === null ? null : instant(ids.restoreFinishedAt)],
      ['Download good until', ids.downloadExpiresAt === null ? null : instant(ids.downloadExpiresAt)],
    ]),
  );
}

function otherThanRestore({ cutover, pipelineRun }: Report): readonly Fact[] {
  const { exportId = null } = pipelineRun ?? {};
  return [
    ['Live migration', cutover === null ? null : code(cutover.migrationId)],
    ['Pipeline’s project', pipelineRun === null ? null : code(pipelineRun.project)],
    ['Run', pipelineRun === null ? null : code(pipelineRun.runId)],
    ['Snapshot export job', exportId === null ? null : code(exportId)],
  ];
}

function id(value: string | null): Html | string {
  return value === null ? 'none' : code(value);
}
