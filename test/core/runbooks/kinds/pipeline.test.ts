import { describe, expect, it } from 'vitest';
import { parseRunbook } from '../../../../core/runbooks/parse-runbook.ts';
import { mistakesOf, PIPELINE, withLine } from './writing.ts';

describe('a runbook of a pipeline run', () => {
  it('gives its defaults, with durations in seconds', () => {
    expect(parseRunbook(`${PIPELINE}keptFor: 3d\n`, 'pipeline.yaml')).toMatchObject({
      kind: 'pipeline',
      resume: false,
      floor: {},
      previous: { atMostLess: 10 },
      keptFor: 259_200,
      timeouts: { guards: 14_400, run: 86_400, job: 172_800 },
    });
  });

  it.each([
    [
      'export: 5e2f1c0a9d3b7a4c8e6f0e01',
      '1:1 source: is missing: export needs the cluster whose snapshot is',
    ],
    ['floor: { document: 3 }', '5:10 floor.document: is not a key here: did you mean documents?'],
    ['floor: { documents: 3.5 }', '5:21 floor.documents: must be a whole number, not a fraction'],
    ['previous: { atMostLess: 200 }', '5:25 previous.atMostLess: must be at most 100'],
    ['pipelin: {}', '5:1 pipelin: is not a key here: did you mean pipeline?'],
    ['atMostLess: 5', '5:1 atMostLess: is not a key here: it belongs under previous'],
    [
      'recoveryPoint: { latest: {} }',
      '5:1 recoveryPoint: is not a key here: it is for runbooks of kind drill or',
    ],
    ['stopWrites: []', '5:1 stopWrites: is not a key here: it is for runbooks of kind cutover'],
    ['before: []', '5:1 before: is not a key here: it is for runbooks of kind drill or restore or cutover'],
  ])('says where it is wrong: %s', (line, mistake) => {
    expect(mistakesOf(withLine(PIPELINE, line))).toEqual([expect.stringContaining(mistake)]);
  });

  it.each(['a/b', 'two words', 'a$b'])('takes no pipeline of the name %s', (name) => {
    expect(mistakesOf(PIPELINE.replace('name: orders,', `name: ${name},`))).toEqual([
      '4:54 pipeline.name: is not the name of a pipeline: no space, slash, quote or dollar sign',
    ]);
  });

  it('needs no source without an export', () => {
    expect(mistakesOf(PIPELINE)).toEqual([]);
    const source = 'source: { project: 5e2f1c0a9d3b7a4c8e6f0a01, cluster: orders }\n';
    expect(mistakesOf(`${PIPELINE}${source}export: 5e2f1c0a9d3b7a4c8e6f0e01\n`)).toEqual([]);
  });
});
