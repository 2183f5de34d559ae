import { describe, expect, test } from 'vitest';
import { ALL_CASES } from './all-cases.ts';
import { download, failedGuard, inconclusive, stillRunning } from './cases.ts';
import * as cutovers from './cutover-cases.ts';
import { MIGRATION } from './cutover-night.ts';
import { at, OTHER_PROJECT, passedDrill, PROJECT, reportOf } from './fixtures.ts';
import * as runs from './pipeline-cases.ts';

describe('a report of a job', () => {
  test.each(Object.entries(ALL_CASES))('%s survives being written as JSON', (_name, make) => {
    const report = reportOf(make());
    expect(JSON.parse(JSON.stringify(report))).toStrictEqual(report);
  });

  test('holds what the job achieved and what it rests on', () => {
    const { job, timeline } = passedDrill();
    expect(reportOf(passedDrill())).toMatchObject({
      format: 2,
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

  test('says whether Atlas may still be overwriting the target', () => {
    const { job, ...rest } = passedDrill();
    expect(reportOf({ job, ...rest }).restoreGoesOn).toBe(false);
    expect(reportOf({ job: { ...job, restoreGoesOn: true }, ...rest }).restoreGoesOn).toBe(true);
    expect(reportOf(cutovers.passedCutover()).restoreGoesOn).toBeNull();
  });

  test('has no phase of an approval where nobody is asked', () => {
    const names = reportOf(passedDrill()).phases.map(({ name }) => name);
    expect(names).toContain('restore');
    expect(names).not.toContain('approval');
    expect(reportOf(cutovers.passedCutover()).phases.map(({ name }) => name)).toContain('approval');
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

describe('a report of a cutover', () => {
  test('has the length of the write stop to the second, and what it was asked with', () => {
    const report = reportOf(cutovers.passedCutover());
    expect(report).toMatchObject({
      kind: 'cutover',
      delivery: null,
      recoveryPoint: null,
      pipelineRun: null,
      cutover: {
        migrationId: MIGRATION,
        status: 'COMPLETE',
        writesStoppedAt: at(22_000),
        cutoverAskedAt: at(22_061),
        completedAt: at(22_150),
        writesBackAt: at(22_192),
        writeStopSeconds: 192,
        maxWriteStopSeconds: 600,
        side: 'after',
      },
    });
    expect(report.cutover?.readings.map(({ lagSeconds }) => lagSeconds)).toEqual([2, 1, 0]);
    expect(report.cutover?.snapshotId).toMatch(/^[0-9a-f]{24}$/);
  });

  test('fills in the rollback procedure with the names and times of the job', () => {
    const report = reportOf(cutovers.unsettledCutover());
    expect(report.cutover?.side).toBe('unknown');
    expect(report.cutover?.rollback.split('\n')).toEqual([
      `Job ${report.jobId} stopped on this side of the cutover: unknown.`,
      `1. Keep the shop off. It was stopped at ${at(22_000)}; Atlas was asked at ${at(22_061)}.`,
      `2. Compare ${PROJECT}/orders with ${OTHER_PROJECT}/orders-new, then call the one on duty.`,
      '',
    ]);
  });

  test('has no length of a write stop that is not over', () => {
    const { cutover } = reportOf(cutovers.stillStopped());
    expect(cutover).toMatchObject({ side: 'before', writesBackAt: null, writeStopSeconds: null });
  });

  test('shows who approved which plan, and that a decision written in past the rules does not count', () => {
    const [asked] = reportOf(cutovers.passedCutover()).approvals;
    expect(asked).toMatchObject({
      gate: 'job',
      number: 2,
      count: 2,
      from: ['anna', 'ben', 'chris'],
      outcome: 'approved',
      erases: null,
    });
    expect(asked?.planHash).toHaveLength(64);
    expect(asked?.decisions.map(({ by, refused }) => [by.who, refused])).toEqual([
      ['anna', null],
      ['mallory', 'not-an-approver'],
      ['ben', null],
    ]);
  });

  test('tells played approvers from people', () => {
    const [asked] = reportOf(cutovers.simulatedCutover()).approvals;
    expect(asked?.decisions.every(({ played }) => played)).toBe(true);
  });

  test('has a phase of approval where somebody has to be asked, also before anybody was', () => {
    const names = (report: ReturnType<typeof reportOf>) => report.phases.map(({ name }) => name);
    expect(names(reportOf(cutovers.watchingMigration()))).toContain('approval');
    expect(names(reportOf(runs.passedRun()))).not.toContain('approval');
  });

  test('lists the messages that were sent and given up', () => {
    const told = reportOf(cutovers.passedCutover()).notices;
    expect(told.map(({ notice, to, attempts, outcome }) => [notice, to, attempts, outcome])).toEqual([
      ['started', 'slack', 1, 'sent'],
      ['approval-wanted/job/2', 'slack', 5, 'given-up'],
    ]);
  });

  test('keeps the token that wakes the workflow to the host', () => {
    const made = cutovers.waitingForPeople();
    const report = reportOf({ ...made, job: { ...made.job, taskToken: 'a-token-of-the-host' } });
    expect(JSON.stringify(report)).not.toContain('a-token-of-the-host');
  });
});

describe('a report of the run of a pipeline', () => {
  test('has what it exported beside the run before, and until when it is kept', () => {
    expect(reportOf(runs.passedRun())).toMatchObject({
      kind: 'pipeline',
      delivery: null,
      target: null,
      cutover: null,
      pipelineRun: {
        follows: 'pipeline',
        runId: runs.RUN,
        state: 'DONE',
        stats: { documents: 1_204_331 },
        before: { stats: { documents: 1_230_000 } },
        deletedAt: '2026-10-09T03:31:40.000Z',
      },
    });
  });

  test('says when a snapshot export job was followed instead', () => {
    expect(reportOf(runs.exportedInstead()).pipelineRun).toMatchObject({
      title: `snapshot export job ${runs.EXPORT} of ${PROJECT}/orders`,
      follows: 'exports',
      stats: { documents: null, collections: 16 },
      before: null,
    });
  });
});
