import { describe, expect, it } from 'vitest';
import { jobTable } from '../../../cli/output/job-table.ts';
import { timelineTable } from '../../../cli/output/timeline-table.ts';
import { textWidth } from '../../../cli/output/wrap.ts';
import type { JobSummary } from '../../../core/jobs/job.ts';
import { sealEvent } from '../../../core/jobs/chain.ts';
import { COLORED, PLAIN } from './plain-colors.ts';

const JOB: JobSummary = {
  jobId: '01KAJ3W0Q4X9GZ5M1T2R8C7B6A',
  kind: 'restore',
  status: 'SUCCEEDED',
  verdict: 'inconclusive',
  createdAt: '2026-11-21T17:49:24.123Z',
  endedAt: '2026-11-21T19:51:29.000Z',
  rtoSeconds: 7000,
  rpoSeconds: 100,
  runbookName: 'orders-weekly-drill',
  source: { project: '5e2f1c0a9d3b7a4c8e6f0a01', cluster: 'orders' },
  target: { project: '5e2f1c0a9d3b7a4c8e6f0a02', cluster: 'orders-drill' },
};

const EVENT = sealEvent(
  JOB.jobId,
  {
    at: '2026-11-21T17:49:24.123Z',
    type: 'recovery-point-chosen',
    message:
      'Recovery point: 2026-11-21T17:08:46.000Z, snapshot 6b01cfb47774b29befb74ddd, the newest that is complete.',
  },
  undefined,
);

function widest(lines: readonly string[]): number {
  return Math.max(...lines.map(textWidth));
}

describe.each([80, 100, 120, 160])('in %i columns', (width) => {
  it.each([
    ['without', PLAIN],
    ['with', COLORED],
  ])('tables fit and leave nothing out, %s colours', (_how, colors) => {
    const running: JobSummary = { ...JOB, status: 'RUNNING' };
    const jobs = jobTable([JOB, running], width, colors);
    expect(widest(jobs)).toBeLessThanOrEqual(width);
    const text = jobs.join('\n');
    for (const shown of [
      JOB.jobId,
      'restore',
      JOB.runbookName,
      'SUCCEEDED',
      'inconclusive',
      '2026-11-21 17:49',
      '2:02:05',
    ]) {
      expect(text).toContain(shown);
    }
    expect(text).toContain('orders → orders-drill');

    const events = timelineTable([EVENT, EVENT], width, colors);
    expect(widest(events)).toBeLessThanOrEqual(width);
    for (const word of EVENT.message.split(' ')) expect(events.join('\n')).toContain(word);
    expect(events.join('\n')).toContain(EVENT.hash.slice(0, 12));
  });
});

it('one line for a job where it fits, two where it does not', () => {
  expect(jobTable([JOB], 160, PLAIN)).toHaveLength(2);
  expect(jobTable([JOB], 80, PLAIN)).toHaveLength(3);
});

it('counts from the start of a job, not from when it was written down', () => {
  const waited: JobSummary = { ...JOB, startedAt: '2026-11-21T18:51:29.000Z' };
  const text = jobTable([waited], 160, PLAIN).join('\n');
  expect(text).toContain('2026-11-21 18:51');
  expect(text).toContain('1:00:00');
});

it('names the projects where source and target would read the same', () => {
  const same: JobSummary = { ...JOB, target: { project: '5e2f1c0a9d3b7a4c8e6f0a02', cluster: 'orders' } };
  expect(jobTable([same], 120, PLAIN).join('\n')).toContain(
    '5e2f1c0a9d3b7a4c8e6f0a01/orders → 5e2f1c0a9d3b7a4c8e6f0a02/orders',
  );
});

describe.each([80, 120])('other kinds in %i columns', (width) => {
  it.each([
    ['cutover', { kind: 'cutover' }, 'orders → orders-drill'],
    ['a cutover from outside', { kind: 'cutover', source: undefined }, 'outside Atlas → orders-drill'],
    ['a pipeline run', { kind: 'pipeline', target: undefined }, 'orders → an export'],
    ['a pipeline run of no cluster', { kind: 'pipeline', source: undefined, target: undefined }, 'an export'],
  ] as const)('%s says its kind and its clusters, and fits', (_name, { kind, ...clusters }, shown) => {
    const { source, target, ...rest } = { ...JOB, ...clusters };
    const job: JobSummary = {
      ...rest,
      kind,
      ...(source !== undefined && { source }),
      ...(target !== undefined && { target }),
    };
    const lines = jobTable([job], width, PLAIN);
    expect(widest(lines)).toBeLessThanOrEqual(width);
    expect(lines.join('\n')).toContain(kind);
    expect(lines.join('\n')).toContain(shown);
    expect(lines.join('\n')).not.toContain('download');
  });
});

it.each([80, 200])('in %i columns, a job that one person alone answers for is marked', (width) => {
  const lines = jobTable([{ ...JOB, breakGlass: true }], width, PLAIN);
  expect(widest(lines)).toBeLessThanOrEqual(width);
  expect(lines.join('\n')).toContain('BREAK-GLASS restore');
  expect(jobTable([JOB], width, PLAIN).join('\n')).not.toContain('BREAK-GLASS');
});

it.each([80, 200])('in %i columns, a simulated job is marked, and a real one is not', (width) => {
  const [, ...lines] = jobTable([{ ...JOB, simulated: true }], width, PLAIN);
  expect(lines.join('\n')).toContain('SIMULATED restore');
  expect(jobTable([{ ...JOB, simulated: false }], width, PLAIN).join('\n')).not.toContain('SIMULATED');
});

it('a name with line breaks and escapes stays one line that shows them', () => {
  const hostile = 'orders\nAPPROVED by ben\u001b[2J\u202e';
  const listed = jobTable([{ ...JOB, runbookName: hostile }], 200, PLAIN);
  expect(listed).toHaveLength(2);
  expect(listed[1]).toContain('orders<U+000A>APPROVED by ben<U+001B>[2J<U+202E>');
  const timeline = timelineTable([{ ...EVENT, message: hostile }], 160, PLAIN);
  expect(timeline).toHaveLength(2);
  expect(timeline[1]).toContain('orders<U+000A>APPROVED by ben<U+001B>[2J<U+202E>');
});

const NAMED: JobSummary = {
  ...JOB,
  projects: { [JOB.source?.project ?? '']: 'production', [JOB.target?.project ?? '']: 'drills' },
};

it('names each project by name and id where a list has room', () => {
  const text = jobTable([NAMED], 240, PLAIN).join('\n');
  expect(text).toContain(
    'orders in production (5e2f1c0a9d3b7a4c8e6f0a01) → orders-drill in drills (5e2f1c0a9d3b7a4c8e6f0a02)',
  );
});

it.each([80, 100, 120])('names each project by name and the end of its id in %i columns', (width) => {
  const lines = jobTable([NAMED], width, PLAIN);
  expect(widest(lines)).toBeLessThanOrEqual(width);
  const text = lines.map((line) => line.trim()).join(' ');
  for (const part of ['production (', '0a01)', 'drills (', '0a02)']) expect(text).toContain(part);
});

it('shows the id of a project whose name could not be read beside one whose name is known', () => {
  const half: JobSummary = { ...NAMED, projects: { [JOB.source?.project ?? '']: 'production' } };
  expect(jobTable([half], 240, PLAIN).join('\n')).toContain('orders-drill in 5e2f1c0a9d3b7a4c8e6f0a02');
});
