import { describe, expect, it } from 'vitest';
import { parseRunbook } from '../../../../core/runbooks/parse-runbook.ts';
import { scheduleOf } from '../../../../core/runbooks/schedule-of.ts';
import { CUTOVER, mistakesOf, PIPELINE } from './writing.ts';

const DRILL = `version: 1
kind: drill
name: orders-drill
source: { project: 5e2f1c0a9d3b7a4c8e6f0a01, cluster: orders }
target: { project: 5e2f1c0a9d3b7a4c8e6f0a02, cluster: orders-drill }
recoveryPoint: { latest: {} }
`;
const WEEKLY = 'schedule: { expression: cron(0 3 ? * SUN *) }\n';

describe('the schedule of a runbook', () => {
  it('gives its defaults', () => {
    expect(scheduleOf(parseRunbook(DRILL + WEEKLY, 'drill.yaml'))).toEqual({
      name: 'orders-drill',
      expression: 'cron(0 3 ? * SUN *)',
      timezone: 'UTC',
      flexibleMinutes: 0,
      startWithinSeconds: 3600,
      catchUp: 'run',
    });
  });

  it('gives what was written', () => {
    const written =
      'schedule: { expression: rate(7 days), timezone: Europe/Berlin, flexibleWindow: 15m, startWithin: 6h, catchUp: skip }\n';
    expect(scheduleOf(parseRunbook(DRILL + written, 'drill.yaml'))).toEqual({
      name: 'orders-drill',
      expression: 'rate(7 days)',
      timezone: 'Europe/Berlin',
      flexibleMinutes: 15,
      startWithinSeconds: 21_600,
      catchUp: 'skip',
    });
  });

  it('is there only where one was written', () => {
    expect(scheduleOf(parseRunbook(DRILL, 'drill.yaml'))).toBeUndefined();
    expect(scheduleOf(parseRunbook(PIPELINE, 'pipeline.yaml'))).toBeUndefined();
  });

  it.each([
    ['expression: cron(0 3 * * *)', '7:25 schedule.expression: has 5 fields'],
    ['expression: "cron(0 3 ? * 8 *)"', '7:25 schedule.expression: has 8 for the day of week'],
    ['expression: at(2026-10-25T03:00:00)', '7:25 schedule.expression: is a single time'],
    ['timezone: UTC', '7:1 schedule.expression: is missing'],
    ['expression: rate(7 days), timezone: Berlin', '7:49 schedule.timezone: is not the name of a time zone'],
    [
      'expression: rate(7 days), timezone: "+02:00"',
      '7:49 schedule.timezone: is not the name of a time zone',
    ],
    ['expression: rate(7 days), startWithin: 30s', '7:52 schedule.startWithin: is out of range'],
    ['expression: rate(7 days), startWithin: 2d', '7:52 schedule.startWithin: is out of range'],
    ['expression: rate(7 days), flexibleWindow: 90s', '7:55 schedule.flexibleWindow: is not a whole number'],
    [
      'expression: rate(7 days), catchup: skip',
      '7:39 schedule.catchup: is not a key here: did you mean catchUp?',
    ],
  ])('says where it is wrong: %s', (keys, mistake) => {
    expect(mistakesOf(`${DRILL}schedule: { ${keys} }\n`)).toEqual([expect.stringContaining(mistake)]);
  });

  it('is refused with the reason where people start the job', () => {
    const restore = DRILL.replace('kind: drill', 'kind: restore');
    expect(mistakesOf(restore + WEEKLY)).toEqual([
      expect.stringContaining('7:1 schedule: is not for restores'),
    ]);
    expect(mistakesOf(CUTOVER + WEEKLY)).toEqual([expect.stringContaining('schedule: is not for cutovers')]);
    expect(mistakesOf(PIPELINE + WEEKLY)).toEqual([expect.stringContaining('schedule: is not for pipeline')]);
  });
});
