import { describe, expect, it } from 'vitest';
import type { RecoveryPoint } from '../../../core/runbooks/snapshot.ts';
import { pipelineRun } from '../../../core/steps/pipeline-run.ts';
import { PRACTICE_IDS as IDS } from '../../../simulator/practice-ids.ts';
import { pipelineWorld, type PipelineWorld } from '../../support/pipelines.ts';
import type { RehearsalOptions } from '../../support/rehearsal.ts';
import { answerOf, DRILLS, stepContext, withAtlas } from './checking.ts';

const SNAPSHOT = '5e2f1c0a9d3b7a4c8e6f0f01';
const OTHER = '5e2f1c0a9d3b7a4c8e6f0f02';
const source = { project: DRILLS, cluster: 'orders' };

const settings = (parts: Readonly<Record<string, unknown>> = {}) =>
  pipelineRun.with.parse({ pipeline: IDS.pipelineName, run: IDS.pipelineRunId, ...parts });

async function lookAt(
  world: PipelineWorld,
  parts: Readonly<Record<string, unknown>> = {},
  options: Omit<RehearsalOptions, 'world'> = {},
) {
  return withAtlas({ ...options, world: pipelineWorld(world) }, (rehearsal) => {
    const recoveryPoint = { snapshot: { id: SNAPSHOT } } as RecoveryPoint;
    return answerOf(pipelineRun, settings(parts), stepContext(rehearsal, { recoveryPoint }, { source }));
  });
}

describe('pipeline-run', () => {
  it('waits for a run that is under way, as long as it is of the same snapshot', async () => {
    const answer = await lookAt({ run: { snapshotId: SNAPSHOT } });
    expect(answer).toMatchObject({ outcome: 'wait', evidence: { state: 'IN_PROGRESS', phase: 'SNAPSHOT' } });
  });

  it('is done once the run of the same snapshot is', async () => {
    const answer = await lookAt({ run: { snapshotId: SNAPSHOT, ageHours: 5 } });
    expect(answer).toMatchObject({
      outcome: 'done',
      evidence: { snapshotId: SNAPSHOT, documents: 1_000_000, bytes: 900_000_000 },
    });
  });

  it.each([0, 5])(
    'fails at once for another snapshot, whether or not the run is done (%i h)',
    async (ageHours) => {
      const answer = await lookAt({ run: { snapshotId: OTHER, ageHours } });
      expect(answer.outcome).toBe('failed');
      expect(answer.message).toContain(OTHER);
      expect(answer.message).toContain(SNAPSHOT);
    },
  );

  it.each([
    ['FAILED', { fails: true, ageHours: 5 }],
    ['DATASET_DELETED', { ageHours: 24 * 30 }],
  ])('fails for a run that is %s', async (word, run) => {
    const answer = await lookAt({ run: { snapshotId: SNAPSHOT, ...run } });
    expect(answer.outcome).toBe('failed');
    expect(answer.message).toContain(word);
    // Atlas's own reasons are sentences.
    expect(answer.message).toMatch(/[^.)]\.$/);
  });

  it('says that pipelines are withdrawn, and looks at the export where one is named', async () => {
    const world: PipelineWorld = {
      project: { pipelinesWithdrawn: 410 },
      export: { snapshotId: SNAPSHOT, ageHours: 5 },
    };
    const gone = await lookAt(world);
    expect(gone.outcome).toBe('failed');
    expect(gone.message).toMatch(/withdrawn its data lake pipelines.*Snapshot export jobs/);
    const exported = await lookAt(world, { export: IDS.snapshotExportId });
    expect(exported).toMatchObject({ outcome: 'done', evidence: { collections: 16, snapshotId: SNAPSHOT } });
  });

  it.each([
    ['getPipelineRun', 'Project Read Only', {}],
    ['getBackupExport', 'Project Backup Manager', { project: { pipelinesWithdrawn: 404 as const } }],
  ])('is unknown without the role for %s, which it names', async (operation, role, world: PipelineWorld) => {
    const faults = [{ operation, status: 403, errorCode: 'USER_UNAUTHORIZED' }];
    const answer = await lookAt(world, { export: IDS.snapshotExportId }, { faults });
    expect(answer.outcome).toBe('unknown');
    expect(answer.message).toContain(role);
  });

  it('is never a pass where the export is not there either', async () => {
    const answer = await lookAt({ project: { pipelinesWithdrawn: 404 } }, { export: OTHER });
    expect(answer).toMatchObject({ outcome: 'unknown' });
  });

  it('fails where the recovery point is no snapshot, and is not asked of Atlas then', async () => {
    await withAtlas({ world: pipelineWorld() }, async (rehearsal) => {
      const recoveryPoint = { pointInTime: { utcSeconds: 1 } } as RecoveryPoint;
      const answer = await answerOf(
        pipelineRun,
        settings(),
        stepContext(rehearsal, { recoveryPoint }, { source }),
      );
      expect(answer.outcome).toBe('failed');
      expect(rehearsal.simulator.requests()).toEqual([]);
    });
  });
});
