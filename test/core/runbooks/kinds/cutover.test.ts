import { describe, expect, it } from 'vitest';
import { parseRunbook } from '../../../../core/runbooks/parse-runbook.ts';
import { CUTOVER, mistakesOf, withLine } from './writing.ts';

describe('a runbook of a cutover', () => {
  it('gives its defaults, with durations in seconds', () => {
    expect(parseRunbook(CUTOVER, 'cutover.yaml')).toMatchObject({
      kind: 'cutover',
      lag: { atMost: 5, readings: 3, every: 10 },
      maxWriteStop: 600,
      guards: { protectedClusters: [], unknown: 'stop' },
      verification: { settle: 1800, alerts: true },
      snapshot: { retentionDays: 7 },
      timeouts: { guards: 14_400, ready: 432_000, cutover: 7200, snapshot: 14_400, job: 604_800 },
      notify: [],
      ready: [],
      before: [],
      cleanup: [],
    });
  });

  it.each([
    ['maxWritestop: 10m', '12:1 maxWritestop: is not a key here: did you mean maxWriteStop?'],
    ['lag: { atmost: 5s }', '6:8 lag.atmost: is not a key here: did you mean atMost?'],
    ['lag: { atMost: 5 }', '6:16 lag.atMost: must be text, such as 90s, not a number'],
    ['lag: { atMost: 5s, readings: 1 }', '6:30 lag.readings: must be at least 2'],
    ['migration: 650000000000000000000001', '4:12 migration: is a number to YAML as it is written: quote it'],
    ['rollback:', '8:1 rollback: is empty'],
    ['stopWrites: []', '9:1 stopWrites: is empty: at least one step'],
    ['timeouts: { restore: 4h }', '12:13 timeouts.restore: is not a key here: there may be guards, ready'],
    [
      'guards: { confirmErase: x }',
      '12:11 guards.confirmErase: is not a key here: there may be allowedProjects',
    ],
    [
      'approval: { form: [anna] }',
      '12:13 approval.form: is not a key here: there may be from, count, within',
    ],
    ['approval: { count: 0 }', '12:20 approval.count: must be at least 1'],
    ['delivery: automated', '12:1 delivery: is not a key here: it is for runbooks of kind drill or restore'],
    ['floor: { documents: 1 }', '12:1 floor: is not a key here: it is for runbooks of kind pipeline'],
    ['readings: 4', '12:1 readings: is not a key here: it belongs under lag'],
  ])('says where it is wrong: %s', (line, mistake) => {
    const found = mistakesOf(withLine(CUTOVER, line));
    expect(found.filter((one) => one.startsWith(mistake))).toHaveLength(1);
  });

  it.each([
    'migration',
    'target',
    'lag',
    'maxWriteStop',
    'rollback',
    'stopWrites',
    'switchWrites',
    'resumeWrites',
  ])('cannot do without %s', (key) => {
    const text = CUTOVER.split('\n')
      .filter((line) => !line.startsWith(`${key}:`))
      .join('\n');
    expect(mistakesOf(text)).toEqual([expect.stringMatching(`^1:1 ${key}: is missing \\(`)]);
  });

  it.each([
    [
      'alerts',
      '9:33 stopWrites[0].use: cannot be alerts under stopWrites: that step stands under ready or verify',
    ],
    ['wehook', '9:33 stopWrites[0].use: is not a kind of step: did you mean webhook?'],
    [
      'search-index',
      '9:33 stopWrites[0].use: cannot be search-index under stopWrites: that step stands under after',
    ],
  ])('takes no %s for a way to stop writes', (use, mistake) => {
    expect(mistakesOf(withLine(CUTOVER, `stopWrites: [{ name: stop, use: ${use} }]`))).toEqual([mistake]);
  });

  it('tells a mistake of a webhook at its settings', () => {
    const step = (settings: string) => `stopWrites: [{ name: stop, use: webhook, with: ${settings} }]`;
    const mistakes = (settings: string) => mistakesOf(withLine(CUTOVER, step(settings)));
    expect(mistakes('{ url: "https://a.example/", urlSecret: STOP }')).toEqual([
      '9:42 stopWrites[0].with: needs exactly one of url, urlSecret',
    ]);
    expect(mistakes('{ url: "http://a.example/" }')).toEqual([
      expect.stringMatching(
        /^9:55 stopWrites\[0\]\.with\.url: is not an address to post to: it begins with https/,
      ),
    ]);
    expect(mistakes('{ urlSecret: https }')).toEqual([
      expect.stringMatching(/^9:61 stopWrites\[0\]\.with\.urlSecret: is not the name of a secret/),
    ]);
  });
});

describe('a runbook whose kind is not known', () => {
  it('is read as the kind that was meant, so that its other mistakes are told too', () => {
    const text = withLine(withLine(CUTOVER, 'kind: cutovr'), 'lag: { atMost: 5 }');
    expect(mistakesOf(text)).toEqual([
      '2:7 kind: must be one of drill, restore, cutover, pipeline, campaign: did you mean cutover?',
      '6:16 lag.atMost: must be text, such as 90s, not a number',
    ]);
  });

  it.each([
    ['kind: migration', '2:7 kind: must be one of drill, restore, cutover, pipeline, campaign'],
    ['kind: 3', '2:7 kind: must be one of drill, restore, cutover, pipeline, campaign'],
    ['kind:', '2:1 kind: must be one of drill, restore, cutover, pipeline, campaign'],
    ['', '1:1 kind: is missing: it must be one of drill, restore, cutover, pipeline, campaign'],
  ])('is told apart by the keys that it has: "%s"', (line, mistake) => {
    expect(mistakesOf(CUTOVER.replace('kind: cutover', line))).toEqual([mistake]);
  });
});
