import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PRACTICE_IDS as IDS } from '../../simulator/practice-ids.ts';
import { type Answer, type Body, DRILLS, type Practice, startPractice } from './practice-client.ts';

let practice: Practice;
beforeEach(async () => {
  practice = await startPractice();
});
afterEach(() => practice.simulator.close());

describe('a data lake pipeline', () => {
  const pipeline = `${DRILLS}/pipelines/${IDS.pipelineName}`;
  const run = async (id: string): Promise<Body> =>
    (await practice.call('getPipelineRun', 'GET', `${pipeline}/runs/${id}`)).body;
  const resume = (): Promise<Answer> => practice.call('resumePipeline', 'POST', `${pipeline}/resume`);

  it('holds its run until it is resumed, and then goes through the phases', async () => {
    practice.clock.advance(3600);
    expect(await run(IDS.pipelineRunId)).toMatchObject({ state: 'PENDING', phase: 'SNAPSHOT' });
    for (let sent = 0; sent < 2; sent += 1) expect((await resume()).body.state).toBe('ACTIVE');
    const seen: unknown[] = [];
    for (const seconds of [0, 225, 300, 225]) {
      practice.clock.advance(seconds);
      const { state, phase } = await run(IDS.pipelineRunId);
      seen.push([state, phase]);
    }
    expect(seen).toEqual([
      ['IN_PROGRESS', 'SNAPSHOT'],
      ['IN_PROGRESS', 'EXPORT'],
      ['IN_PROGRESS', 'INGESTION'],
      ['DONE', 'INGESTION'],
    ]);
    expect((await run(IDS.pipelineRunId)).stats).toMatchObject({ numDocs: 1_000_000 });
  });

  it('deletes the data set of a run when its time is over', async () => {
    expect((await run(IDS.donePipelineRunId)).state).toBe('DONE');
    practice.clock.advance(13 * 86_400);
    expect((await run(IDS.donePipelineRunId)).state).toBe('DATASET_DELETED');
  });

  it('can have a run that fails', async () => {
    await practice.simulator.close();
    const source = { cluster: 'orders-drill', database: 'shop', collection: 'orders' };
    const runs = [{ id: IDS.pipelineRunId, ageHours: 1, fails: true }];
    const pipelines = [{ id: IDS.pipelineId, name: IDS.pipelineName, source, runs }];
    practice = await startPractice({ world: { projects: [{ id: DRILLS, name: 'drills', pipelines }] } });
    expect((await run(IDS.pipelineRunId)).state).toBe('FAILED');
  });

  it.each([
    [404, 'RESOURCE_NOT_FOUND'],
    [410, 'RESOURCE_GONE'],
  ])('is answered with %i once Atlas has withdrawn pipelines', async (pipelinesWithdrawn, errorCode) => {
    await practice.simulator.close();
    practice = await startPractice({
      world: { projects: [{ id: DRILLS, name: 'drills', pipelinesWithdrawn }] },
    });
    for (const [operation, method, path] of [
      ['getPipelineRun', 'GET', `${pipeline}/runs/${IDS.pipelineRunId}`],
      ['resumePipeline', 'POST', `${pipeline}/resume`],
    ] as const) {
      const { status, body } = await practice.call(operation, method, path, { unchecked: true });
      expect([status, body.errorCode]).toEqual([pipelinesWithdrawn, errorCode]);
    }
    expect(practice.simulator.changes()).toEqual([]);
  });
});

describe('a snapshot export job', () => {
  const look = async (): Promise<Body> =>
    (
      await practice.call(
        'getBackupExport',
        'GET',
        `${DRILLS}/clusters/orders-drill/backup/exports/${IDS.snapshotExportId}`,
      )
    ).body;

  /** Starts anew with an export that is queued for a minute and takes ten. */
  async function startWith(job: Body): Promise<void> {
    await practice.simulator.close();
    const asked = { id: IDS.snapshotExportId, cluster: 'orders-drill', bucketId: IDS.exportBucketId };
    const snapshotExports = [{ ...asked, ageHours: 0, queued: 60, seconds: 600, collections: 4, ...job }];
    const clusters = [{ name: 'orders-drill' }];
    practice = await startPractice({
      world: { projects: [{ id: DRILLS, name: 'drills', clusters, snapshotExports }] },
    });
  }

  it('is queued, writes one collection after the other, and ends', async () => {
    await startWith({});
    const seen: unknown[] = [];
    for (const seconds of [0, 60, 300, 299, 1]) {
      practice.clock.advance(seconds);
      const { state, exportStatus, finishedAt } = await look();
      seen.push([state, (exportStatus as Body).exportedCollections, finishedAt !== undefined]);
    }
    expect(seen).toEqual([
      ['Queued', 0, false],
      ['InProgress', 0, false],
      ['InProgress', 2, false],
      ['InProgress', 3, false],
      ['Successful', 4, true],
    ]);
  });

  it.each(['Failed', 'Cancelled'])('may end as %s, with something left out', async (ends) => {
    await startWith({ ends });
    practice.clock.advance(660);
    const { state, exportStatus, stateReason } = await look();
    expect(state).toBe(ends);
    expect(exportStatus).toEqual({ exportedCollections: 3, totalCollections: 4 });
    expect(stateReason !== undefined).toBe(ends === 'Failed');
  });
});
