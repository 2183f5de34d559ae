import { afterEach, describe, expect, it } from 'vitest';
import { planLines } from '../../../cli/output/plan.ts';
import { checkAccess } from '../../../core/commands/check-access.ts';
import { planJob } from '../../../core/commands/plan-job.ts';
import { parseRunbook } from '../../../core/runbooks/parse-runbook.ts';
import { PRACTICE_IDS as IDS } from '../../../simulator/practice-ids.ts';
import { PLAIN } from '../../cli/output/plain-colors.ts';
import { pipelineText, pipelineWorld, WITH_EXPORT, type PipelineWorld } from '../../support/pipelines.ts';
import { openRehearsal, type Rehearsal } from '../../support/rehearsal.ts';

let rehearsal: Rehearsal | undefined;

afterEach(async () => {
  await rehearsal?.close();
  rehearsal = undefined;
});

const runbookOf = (parts: Readonly<Record<string, string>>) => parseRunbook(pipelineText(parts), 'test.yaml');

async function planOf(world: PipelineWorld, parts: Readonly<Record<string, string>> = {}) {
  const at = (rehearsal = await openRehearsal({ world: pipelineWorld(world) }));
  const request = { runbook: runbookOf(parts), policy: { protectedClusters: [] }, seed: 1 };
  const plan = await planJob(request, at.atlas, at.clock);
  if (plan.kind !== 'pipeline') throw new TypeError(`a plan of kind ${plan.kind}`);
  expect(at.simulator.changes()).toEqual([]);
  return plan;
}

describe('a plan of a pipeline run', () => {
  it('tells what is followed, where it stands, and everything in order', async () => {
    const plan = await planOf({}, { resume: 'true', keptFor: '1d', approval: '{ count: 2 }' });
    expect(plan).toMatchObject({ ok: true, state: 'IN_PROGRESS', snapshotId: expect.any(String) as string });
    expect(plan.steps).toEqual([
      'Ask for the approval of 2 others.',
      'Let pipeline orders-to-lake go on if it is paused.',
      `Follow run ${IDS.pipelineRunId} of pipeline orders-to-lake until it is done. No cluster is changed.`,
      'Check what it exported and how long it is kept.',
      'Write the report.',
    ]);
    const lines = planLines(plan, 'run.yaml', 80, PLAIN).join('\n');
    expect(lines).toContain('Pipeline run orders-to-lake, planned');
    expect(lines).toContain('now IN_PROGRESS');
    expect(lines).toContain('Go ahead with: lifeboat run run.yaml');
  });

  it('tells of the export that would be followed, and that nothing is let go on', async () => {
    const plan = await planOf({ project: { pipelinesWithdrawn: 410 } }, { ...WITH_EXPORT, resume: 'true' });
    expect(plan).toMatchObject({ ok: true, state: 'Queued' });
    expect(plan.follows).toContain(`snapshot export job ${IDS.snapshotExportId}`);
    expect(plan.guards[0]?.message).toContain('410');
    expect(plan.steps.join()).not.toContain('go on if it is paused');
  });

  it.each<[string, PipelineWorld, string]>([
    ['that is gone', { project: { pipelinesWithdrawn: 404 } }, 'Snapshot export jobs'],
    ['that has failed', { run: { fails: true, ageHours: 5 } }, 'FAILED'],
  ])('of a run %s would end at once', async (_case, world, words) => {
    const plan = await planOf(world);
    expect(plan.ok).toBe(false);
    expect(plan.guards[0]).toMatchObject({ name: 'run-is-there', outcome: 'fail' });
    const lines = planLines(plan, 'run.yaml', 200, PLAIN).join('\n');
    expect(lines).toContain(words);
    expect(lines).toContain('a run would end at once');
  });
});

describe('the access of a pipeline run', () => {
  it('is tried where it only reads, and named where it changes', async () => {
    const { atlas, simulator } = (rehearsal = await openRehearsal({ world: pipelineWorld() }));
    const all = await checkAccess(runbookOf({ ...WITH_EXPORT, resume: 'true' }), atlas);
    expect(all.map(({ operationId, access, neededBy }) => [operationId, access, neededBy])).toEqual([
      ['getPipelineRun', 'allowed', ['run']],
      ['resumePipeline', 'unknown', ['run']],
      ['getBackupExport', 'allowed', ['run']],
    ]);
    expect(simulator.changes()).toEqual([]);
  });

  it('of a step that waits for a run is tried with the source, and with an export only where one is named', async () => {
    const { atlas } = (rehearsal = await openRehearsal({ world: pipelineWorld() }));
    const named = { pipeline: IDS.pipelineName, run: IDS.pipelineRunId };
    const step = (more: object) =>
      JSON.stringify([{ name: 'lake', use: 'pipeline-run', with: { ...named, ...more } }]);
    const drill = {
      kind: 'drill',
      pipeline: '',
      source: WITH_EXPORT.source,
      target: `{ project: ${IDS.drillsId}, cluster: spare }`,
      recoveryPoint: '{ latest: {} }',
    };
    const accessOf = async (more: object) =>
      (await checkAccess(runbookOf({ ...drill, before: step(more) }), atlas))
        .filter(({ neededBy }) => neededBy.includes('before/lake'))
        .map(({ operationId, access }) => [operationId, access]);
    expect(await accessOf({})).toEqual([['getPipelineRun', 'allowed']]);
    expect(await accessOf({ export: IDS.snapshotExportId })).toEqual([
      ['getPipelineRun', 'allowed'],
      ['getBackupExport', 'allowed'],
    ]);
  });
});
