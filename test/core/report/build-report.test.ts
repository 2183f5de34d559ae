import { describe, expect, test } from 'vitest';
import { CASES, download, failedGuard, inconclusive, stillRunning } from './cases.ts';
import { at, passedDrill, reportOf } from './fixtures.ts';

describe('a report of a job', () => {
  test.each(Object.entries(CASES))('%s survives being written as JSON', (_name, make) => {
    const report = reportOf(make());
    expect(JSON.parse(JSON.stringify(report))).toStrictEqual(report);
  });

  test('holds what the job achieved and what it rests on', () => {
    const { job, timeline } = passedDrill();
    expect(reportOf(passedDrill())).toMatchObject({
      format: 1,
      jobId: job.jobId,
      verdict: 'passed',
      failure: null,
      simulation: null,
      seconds: 256.2,
      restoredAt: at(252.4),
      runbook: { name: 'nightly-orders', text: job.runbookText },
      recoveryPoint: {
        chosenBy: 'random',
        snapshotId: job.atlas.snapshotId,
        sizeBytes: 13_314_398_617,
        candidates: 7,
      },
      objectives: { rto: { objectiveSeconds: 1800, achievedSeconds: 252.2, met: true } },
      guards: job.guards,
      checks: job.checks,
      events: timeline,
      chain: { count: timeline.length, lastHash: timeline.at(-1)!.hash, intact: true, fault: null },
    });
  });

  test('says in which Atlas the job ran, if not in one of its own', () => {
    const passed = passedDrill();
    expect(reportOf(passed).atlasUrl).toBeNull();
    const atlasUrl = 'https://cloud.mongodb.com';
    expect(reportOf({ ...passed, job: { ...passed.job, atlasUrl } }).atlasUrl).toBe(atlasUrl);
  });

  test('lists every phase, with seconds only for those that ended', () => {
    expect(reportOf(stillRunning()).phases.map(({ name, seconds }) => [name, seconds])).toEqual([
      ['guard', 1.7],
      ['recoveryPoint', 1.7],
      ['restore', null],
      ['verify', null],
    ]);
  });

  test('measures a running job up to the moment of the report', () => {
    expect(reportOf(stillRunning())).toMatchObject({ endedAt: null, seconds: 139.8, verdict: null });
  });

  test('says that nothing was requested when the guards stopped the job', () => {
    expect(reportOf(failedGuard())).toMatchObject({
      restoreRequest: null,
      recoveryPoint: null,
      restoredAt: null,
    });
  });

  test('has no target and no objective for a download that has none', () => {
    expect(reportOf(download())).toMatchObject({
      target: null,
      objectives: { rto: { objectiveSeconds: null, achievedSeconds: 3, met: null } },
      restoreRequest: { attempt: 2 },
    });
  });

  test('has the objective of a job that was never judged', () => {
    expect(reportOf(stillRunning()).objectives.rto).toEqual({
      objectiveSeconds: 1800,
      achievedSeconds: null,
      met: null,
    });
  });

  test('has no snapshot for a point in time', () => {
    expect(reportOf(inconclusive()).recoveryPoint).toMatchObject({
      snapshotId: null,
      seed: null,
      candidates: null,
    });
  });

  test('says where a timeline was changed', () => {
    const drill = passedDrill();
    const timeline = drill.timeline.map((event) =>
      event.sequence === 4 ? { ...event, message: 'Another snapshot was drawn.' } : event,
    );
    expect(reportOf({ ...drill, timeline }).chain).toMatchObject({ intact: false, fault: { sequence: 4 } });
  });
});
