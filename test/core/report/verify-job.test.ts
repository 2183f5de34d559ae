import { describe, expect, it } from 'vitest';
import { sealEvent } from '../../../core/jobs/chain.ts';
import { endEvent } from '../../../core/jobs/end-event.ts';
import type { Job } from '../../../core/jobs/job.ts';
import type { NewEvent, TimelineEvent } from '../../../core/jobs/timeline.ts';
import { buildReport } from '../../../core/report/build-report.ts';
import { renderReport } from '../../../core/report/html.ts';
import type { Report } from '../../../core/report/report.ts';
import { verifyJob, type KeptJob } from '../../../core/report/verify-job.ts';
import { runbookHash } from '../../../core/jobs/end-event.ts';
import { sampleJob } from '../jobs/sample-job.ts';

const AT = '2026-08-10T12:00:00.000Z';
const END = '2026-08-10T12:30:00.000Z';

function sealed(jobId: string, events: readonly NewEvent[]): TimelineEvent[] {
  const timeline: TimelineEvent[] = [];
  for (const event of events) timeline.push(sealEvent(jobId, event, timeline.at(-1)));
  return timeline;
}

/** A job that passed, with all that is kept of it. */
function passedJob(): KeptJob {
  const job = {
    ...sampleJob(),
    status: 'SUCCEEDED',
    verdict: 'passed',
    startedAt: AT,
    endedAt: END,
    rtoSeconds: 1800,
    atlas: { restoreJobId: '6b0e035c253d950f11ebdbeb' },
  } as Job;
  const { jobId } = job;
  const timeline = sealed(jobId, [
    { at: AT, type: 'job-started', message: 'It began.', data: { runbookHash: runbookHash(job) } },
    { at: AT, type: 'approval-given', message: 'Somebody approved.' },
    {
      at: AT,
      type: 'restore-started',
      message: 'Atlas restores.',
      data: { restoreJobId: '6b0e035c253d950f11ebdbeb' },
    },
    endEvent(job, END),
  ]);
  return { jobId, job, timeline, report: { facts: buildReport(job, timeline, END) } };
}

const failures = (kept: KeptJob) =>
  verifyJob(kept)
    .filter(({ outcome }) => outcome === 'fail')
    .map(({ about }) => about);
const outcomes = (kept: KeptJob) =>
  Object.fromEntries(verifyJob(kept).map(({ about, outcome }) => [about, outcome]));
const withJob = (changes: object): KeptJob => {
  const kept = passedJob();
  return { ...kept, job: { ...kept.job, ...changes } };
};

describe('the history of a job', () => {
  it('holds as it was written, also once people were notified of the end', () => {
    const kept = passedJob();
    expect(outcomes(kept)).toEqual({ timeline: 'pass', record: 'pass', report: 'pass' });
    const notice = { at: END, type: 'notice-sent', message: 'It was sent.' };
    const timeline = [...kept.timeline, sealEvent(kept.jobId, notice, kept.timeline.at(-1))];
    const job = {
      ...kept.job,
      version: 99,
      updatedAt: END,
      notices: { x: { attempts: 1, triedAt: END } },
    } as Job;
    expect(failures({ ...kept, job, timeline })).toEqual([]);
  });

  it('fails without its end, also where the report is gone, too', () => {
    const kept = passedJob();
    expect(
      failures({ ...kept, timeline: kept.timeline.slice(0, -1), report: { problem: 'missing' } }),
    ).toContain('timeline');
  });

  it('fails with the timeline of another job', () => {
    const kept = passedJob();
    const { timeline, report } = passedJob();
    expect(failures({ ...kept, timeline })).toEqual(expect.arrayContaining(['timeline', 'record', 'report']));
    expect(failures({ ...kept, report })).toEqual(
      ['report', 'report'].slice(0, failures({ ...kept, report }).length),
    );
    expect(failures({ ...kept, report })).not.toEqual([]);
  });

  it('fails with the record of another job', () => {
    const kept = passedJob();
    expect(failures({ ...kept, job: passedJob().job })).toContain('record');
  });

  it.each([
    ['verdict', { verdict: 'failed' }],
    ['status', { status: 'FAILED' }],
    ['status, as if it had not ended', { status: 'RUNNING', endedAt: undefined }],
    ['restore job', { atlas: { restoreJobId: '6b0e035c253d950f11ebdbec' } }],
    ['end', { endedAt: '2026-08-10T12:10:00.000Z' }],
    ['RTO', { rtoSeconds: 60 }],
    ['runbook', { runbookText: 'kind: drill\n' }],
    ['checks', { checks: [{ name: 'alerts', outcome: 'pass', message: 'None.' }] }],
    ['guards', { guards: [{ name: 'idle', outcome: 'pass', message: 'Idle.' }] }],
    ['person who started it', { startedBy: { type: 'cli', who: 'somebody else' } }],
  ])('fails when the %s in its record was changed', (_what, changes) => {
    const kept = withJob(changes);
    expect(failures(kept)).toContain('record');
    // Also where the report was made to say the same.
    const facts = buildReport(kept.job, kept.timeline, END);
    expect(failures({ ...kept, report: { facts } })).toContain('record');
  });

  it('fails when events were taken out and the chain was made anew, by what the report knows', () => {
    const kept = passedJob();
    const left = kept.timeline.filter(({ type }) => type !== 'approval-given');
    const timeline = sealed(
      kept.jobId,
      left.map(({ at, type, message, data }) => ({ at, type, message, ...(data && { data }) })),
    );
    expect(failures({ ...kept, timeline })).toContain('report');
  });

  it.each([
    ['in another order', (events: readonly TimelineEvent[]) => [events[1]!, events[0]!, ...events.slice(2)]],
    ['with one missing', (events: readonly TimelineEvent[]) => events.toSpliced(1, 1)],
    [
      'with one after the end',
      (events: readonly TimelineEvent[]) => [
        ...events,
        sealEvent(events[0]!.jobId, { at: END, type: 'approval-given', message: 'Late.' }, events.at(-1)),
      ],
    ],
    [
      'with two ends',
      (events: readonly TimelineEvent[]) => [
        ...events,
        sealEvent(events[0]!.jobId, { at: END, type: 'job-failed', message: 'Late.' }, events.at(-1)),
      ],
    ],
  ])('fails with events %s', (_what, change) => {
    const kept = passedJob();
    expect(failures({ ...kept, timeline: change(kept.timeline) })).toContain('timeline');
  });

  it('tells of a report that is missing, and of one that cannot be read without doubting the timeline', () => {
    const kept = passedJob();
    expect(outcomes({ ...kept, report: { problem: 'missing' } })).toEqual({
      timeline: 'pass',
      record: 'pass',
      report: 'fail',
    });
    for (const report of [
      { problem: 'unreadable' as const },
      { facts: {} },
      { facts: null },
      { facts: { jobId: kept.jobId } },
    ]) {
      expect(outcomes({ ...kept, report })).toEqual({ timeline: 'pass', record: 'pass', report: 'unknown' });
    }
  });

  it.each([
    ['verdict', { verdict: 'failed' }],
    ['RTO', { objectives: { rto: { achievedSeconds: 1 }, rpo: { achievedSeconds: null } } }],
    ['runbook', { runbook: { text: 'other' } }],
    ['restore job', { atlas: { restoreJobId: null } }],
    ['events', { events: [] }],
  ])('fails when the %s in its report was changed', (_what, changes) => {
    const kept = passedJob();
    const { facts } = kept.report as { facts: object };
    expect(failures({ ...kept, report: { facts: { ...facts, ...changes } } })).not.toEqual([]);
  });

  it.each<[string, (facts: Report) => object]>([
    ['initiator', (facts) => ({ startedBy: { ...facts.startedBy, who: 'somebody else' } })],
    ['target', () => ({ target: { project: '5e2f1c0a9d3b7a4c8e6f0a02', cluster: 'another' } })],
    ['approvals', () => ({ approvals: [{ gate: 'job', decisions: [] }] })],
    ['checks', () => ({ checks: [{ name: 'alerts', outcome: 'pass', message: 'None.' }] })],
    ['mark of a simulated job', () => ({ simulation: { seed: 1, speed: 1 } })],
    ['message of an event', ({ events }) => ({ events: events.map((e) => ({ ...e, message: 'Forged.' })) })],
    ['facts that no report has', () => ({ approvedBy: 'eve' })],
  ])('fails when the %s in its report was changed, and names it', (_what, change) => {
    const kept = passedJob();
    const { facts } = kept.report as { facts: Report };
    const changes = change(facts);
    const found = verifyJob({ ...kept, report: { facts: { ...facts, ...changes } } });
    const failed = found.filter(({ outcome }) => outcome === 'fail');
    expect(failed).toMatchObject([{ about: 'report' }]);
    expect(failed[0]?.message).toContain(Object.keys(changes)[0]);
  });

  it('doubts a report that lacks facts, as one of an earlier version may', () => {
    const kept = passedJob();
    const facts = { ...(kept.report as { facts: object }).facts, checks: undefined };
    expect(outcomes({ ...kept, report: { facts } }).report).toBe('unknown');
    expect(outcomes({ ...kept, report: { facts: { ...facts, format: 1 } } }).report).toBe('unknown');
  });

  it('is not contradicted by what people were told after the report was made', () => {
    const kept = passedJob();
    const job = { ...kept.job, notices: { 'succeeded@1': { attempts: 1, triedAt: END } } } as Job;
    expect(outcomes({ ...kept, job }).report).toBe('pass');
  });

  it('tells of a page that is missing, and doubts one that its facts do not give', () => {
    const kept = passedJob();
    const { facts } = kept.report as { facts: Report };
    const page = renderReport(facts);
    const outcomeOf = (shown: string | null) => outcomes({ ...kept, report: { facts, page: shown } }).report;
    expect([page, null, page.replace('passed', 'forged')].map(outcomeOf)).toEqual([
      'pass',
      'fail',
      'unknown',
    ]);
  });

  it('fails when the record knows nothing of a message that the timeline says was sent', () => {
    const kept = passedJob();
    const sent = {
      at: END,
      type: 'notice-sent',
      once: 'notice-sent/succeeded@1',
      message: 'It was sent.',
    };
    const timeline = [...kept.timeline, sealEvent(kept.jobId, sent, kept.timeline.at(-1))];
    expect(failures({ ...kept, timeline })).toEqual(['record']);
  });

  it('of an earlier version is compared with what its end states, and the rest is not called fine', () => {
    const kept = passedJob();
    const { status, verdict, rtoSeconds, rpoSeconds } = kept.job;
    const events = [...kept.timeline.slice(0, -1)].map(({ at, type, message }) => ({ at, type, message }));
    const end = {
      at: END,
      type: 'job-succeeded',
      message: 'It ended.',
      data: { status, verdict: verdict!, rtoSeconds, rpoSeconds, failure: null },
    };
    const timeline = sealed(kept.jobId, [...events, end]);
    const report = { facts: buildReport(kept.job, timeline, END) };
    expect(outcomes({ ...kept, timeline, report })).toEqual({
      timeline: 'pass',
      record: 'unknown',
      report: 'pass',
    });
    const forged = { ...kept.job, verdict: 'failed' } as Job;
    expect(failures({ ...kept, job: forged, timeline, report })).toContain('record');
  });

  it('of a job that runs asks for no end and no report', () => {
    const { job, timeline, ...kept } = withJob({ status: 'RUNNING', verdict: undefined, endedAt: undefined });
    const running = {
      ...kept,
      job,
      timeline: timeline.slice(0, -1),
      report: { problem: 'missing' as const },
    };
    expect(outcomes(running)).toEqual({ timeline: 'pass', record: 'unknown' });
  });
});
