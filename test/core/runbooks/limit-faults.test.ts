import { describe, expect, it } from 'vitest';
import { parseRunbook } from '../../../core/runbooks/parse-runbook.ts';
import { RunbookError } from '../../../core/runbooks/runbook-error.ts';

const PROJECT = '5e2f1c0a9d3b7a4c8e6f0a01';
const SOURCE = `source: {project: ${PROJECT}, cluster: orders}`;
const TARGET = `target: {project: ${PROJECT}, cluster: orders-drill}`;
const HEAD = 'version: 1\nname: limits\n';
const RESTORE = `${HEAD}kind: restore\n${SOURCE}\n${TARGET}\n`;
const LATEST = `${RESTORE}recoveryPoint: {latest: {}}\n`;
const WEBHOOK = '{ name: hook, use: webhook, with: { url: https://ops.example.com/hook } }';
const CUTOVER = `${HEAD}kind: cutover
migration: 6c3a8d6f1b2c3d4e5f6a7b8c
${TARGET}
lag: {atMost: 5s}
rollback: Write to the source again.
stopWrites: [${WEBHOOK}]
switchWrites: [${WEBHOOK.replace('hook,', 'switch,')}]
resumeWrites: [${WEBHOOK.replace('hook,', 'resume,')}]
`;
const PIPELINE = `${HEAD}kind: pipeline\npipeline: {project: ${PROJECT}, name: lake, run: 6c3a8d6f1b2c3d4e5f6a7b8c}\n`;
const CAMPAIGN = `${HEAD}kind: campaign
sources: {clusters: [{project: ${PROJECT}, cluster: orders}]}
targets: [{project: ${PROJECT}, cluster: orders-drill}]
`;

/** `line:column path`, of every mistake. */
function places(text: string): string[] {
  return mistakes(text).map(({ line, column, path }) => `${line}:${column} ${path}`);
}

function mistakes(text: string) {
  try {
    parseRunbook(text, 'limits.yaml');
    return [];
  } catch (error) {
    if (error instanceof RunbookError) return error.problems;
    throw error;
  }
}

describe('a limit longer than the one it runs inside', () => {
  it.each([
    ['restore above the default of job', `${LATEST}timeouts: {restore: 48h}\n`, ['7:21 timeouts.restore']],
    [
      'all of them at once, each where it is',
      `${LATEST}timeouts:\n  guards: 3h\n  snapshot: 4h\n  restore: 5h\n  job: 2h\n`,
      ['8:11 timeouts.guards', '9:13 timeouts.snapshot', '10:12 timeouts.restore'],
    ],
    ['the answer of people', `${LATEST}approval: {within: 25h}\n`, ['7:20 approval.within']],
    [
      'a step of ready, and one of before',
      `${LATEST}ready:\n  - {name: a, use: approval, timeout: 5h, with: {prompt: Now}}\nbefore:\n  - {name: b, use: approval, timeout: 25h, with: {prompt: Now}}\n`,
      ['8:39 ready[0].timeout', '10:39 before[0].timeout'],
    ],
    ['ready of a cutover', `${CUTOVER}maxWriteStop: 1h\ntimeouts: {ready: 8d}\n`, ['12:19 timeouts.ready']],
    ['the write stop of a cutover', `${CUTOVER}maxWriteStop: 8d\n`, ['11:15 maxWriteStop']],
    ['the run of a pipeline', `${PIPELINE}timeouts: {run: 3d}\n`, ['5:17 timeouts.run']],
    [
      'the guards of a campaign, and the restore of its drills',
      `${CAMPAIGN}drill:\n  recoveryPoint: {latest: {}}\n  timeouts: {restore: 2d}\ntimeouts: {guards: 4d}\n`,
      ['8:23 drill.timeouts.restore', '9:20 timeouts.guards'],
    ],
  ])('%s', (_, text, expected) => {
    expect(places(text)).toEqual(expected);
  });

  it('says which limit ends it, and what to do', () => {
    expect(mistakes(`${LATEST}timeouts: {restore: 48h}\n`)[0]?.message).toBe(
      'is longer than timeouts.job (24h, the default), which ends it first: raise timeouts.job too, or shorten this',
    );
  });

  it.each([
    ['as long as the job', `${LATEST}timeouts: {restore: 24h, snapshot: 24h, guards: 24h}\n`],
    ['a job longer than all', `${LATEST}timeouts: {restore: 48h, job: 3d}\n`],
    // Only what is written is meant to take effect.
    ['a short job with the defaults of the others', `${LATEST}timeouts: {job: 1h}\n`],
    [
      'steps after the restore, which the job does not end',
      `${LATEST}after:\n  - {name: a, use: approval, timeout: 3d, with: {prompt: Now}}\n`,
    ],
    ['what comes after a cutover', `${CUTOVER}maxWriteStop: 1h\ntimeouts: {cutover: 8d, snapshot: 8d}\n`],
  ])('is not one that is %s', (_, text) => {
    expect(places(text)).toEqual([]);
  });
});

describe('a fresh snapshot that expires before its restore may end', () => {
  it.each([
    ['{fresh: {retentionDays: 1}}', '{restore: 48h, job: 3d}', ['6:40 recoveryPoint.fresh.retentionDays']],
    ['{fresh: {retentionDays: 2}}', '{restore: 48h, job: 3d}', ['6:40 recoveryPoint.fresh.retentionDays']],
    ['{fresh: {}}', '{restore: 24h}', ['6:17 recoveryPoint.fresh']],
    ['{fresh: {retentionDays: 3}}', '{restore: 48h, job: 3d}', []],
    ['{fresh: {retentionDays: 1}}', '{restore: 23h}', []],
    ['{fresh: {}}', '{job: 24h}', []],
  ])('%s with %s', (point, timeouts, expected) => {
    expect(places(`${RESTORE}recoveryPoint: ${point}\ntimeouts: ${timeouts}\n`)).toEqual(expected);
  });

  it('says how many days are enough', () => {
    const text = `${RESTORE}recoveryPoint: {fresh: {retentionDays: 1}}\ntimeouts: {restore: 48h, job: 3d}\n`;
    expect(mistakes(text)[0]?.message).toContain('at least 3');
  });
});

describe('a step that gives up before what it waits for may come', () => {
  const compare = (parts: string) => `${LATEST}verify:\n  - {name: same, use: measurements${parts}}\n`;

  it.each([
    [', with: {tolerance: 5, wait: 2h}', 1],
    [', timeout: 30m, with: {tolerance: 5, wait: 30m}', 1],
    [', timeout: 3h, with: {tolerance: 5, wait: 2h}', 0],
    [', with: {tolerance: 5}', 0],
  ])('%s', (parts, expected) => {
    expect(mistakes(compare(parts))).toHaveLength(expected);
  });
});
