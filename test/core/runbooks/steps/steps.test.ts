import { describe, expect, it } from 'vitest';
import { parseRunbook } from '../../../../core/runbooks/parse-runbook.ts';
import { RunbookError } from '../../../../core/runbooks/runbook-error.ts';
import { stepGuards } from '../../../../core/runbooks/guards/steps.ts';
import { checkTarget, decide } from '../../../../core/runbooks/guards.ts';
import { DRILLS, goodFacts, PROJECT, runbook } from '../fixtures.ts';

/** The mistakes of a runbook with these lines at its end, each as `path: message`. */
function mistakes(lines: string): string[] {
  const text = `version: 1
kind: drill
name: nightly
source: { project: ${PROJECT}, cluster: orders }
target: { project: ${DRILLS}, cluster: orders-drill }
recoveryPoint: { latest: {} }
${lines}`;
  try {
    parseRunbook(text, 'test.yaml');
    return [];
  } catch (error) {
    if (!(error instanceof RunbookError)) throw error;
    return error.problems.map(({ path, message }) => `${path}: ${message}`);
  }
}

it('a step that compares with the recovery point has its place in restores alone', () => {
  const text = `version: 1
kind: pipeline
name: lake
pipeline: { project: ${PROJECT}, name: lake, run: ${PROJECT} }
verify: [{ name: again, use: pipeline-run, with: { pipeline: lake, run: ${PROJECT} } }]`;
  expect(() => parseRunbook(text, 'test.yaml')).toThrow(
    /verify\[0\]\.use: is for runbooks of kind drill or restore only/,
  );
});

describe('a step in a runbook', () => {
  it('has its defaults filled in', () => {
    const step = { name: 'no open alerts', use: 'alerts', with: { types: ['NO_PRIMARY'] } };
    expect(runbook({ ready: [step] }).ready).toEqual([
      { ...step, with: { types: ['NO_PRIMARY'], on: ['source', 'target'] }, onFailure: 'stop', timeout: 600 },
    ]);
  });

  it('may leave out settings that it does not need', () => {
    expect(runbook({ after: [{ name: 'slow', use: 'slow-operation-threshold' }] }).after[0]?.with).toEqual(
      {},
    );
  });

  it.each([
    [
      'a kind with a typing mistake',
      'ready: [{ name: a, use: alert }]',
      'is not a kind of step: did you mean alerts?',
    ],
    [
      'a kind of another list',
      'cleanup: [{ name: a, use: alerts }]',
      'cannot be alerts under cleanup: that step stands under ready or verify',
    ],
    [
      'a kind that is none',
      'ready: [{ name: a, use: teleport }]',
      'is not a kind of step: under ready there may be alert-fields, alerts, api-access, ',
    ],
    ['no kind', 'ready: [{ name: a }]', 'is missing (the kind of step)'],
    [
      'no name',
      'after: [{ use: slow-operation-threshold }]',
      'is missing (name under which the timeline tells of it)',
    ],
    [
      'a bad name',
      'after: [{ name: No Shouting, use: slow-operation-threshold }]',
      'is not the name of a step',
    ],
    [
      'a setting with a typing mistake',
      'after: [{ name: a, use: slow-operation-threshold, with: { projekt: x } }]',
      'is not a key here: did you mean project?',
    ],
    [
      'a setting of another kind',
      'ready: [{ name: a, use: alert-fields, with: { types: [A] } }]',
      'is not a key here: there may be fields',
    ],
    [
      'a name used twice',
      'after: [{ name: a, use: slow-operation-threshold }]\nready: [{ name: a, use: alert-fields, with: { fields: [CLUSTER_NAME] } }]',
      'is taken: another step is called "a" already',
    ],
    [
      'a rule of the kind itself',
      'after: [{ name: a, use: search-index, with: { indexes: [{ database: a, collectionName: b, name: c, type: vectorSearch }] } }]',
      'is missing',
    ],
    [
      'too many',
      `after: [${Array.from({ length: 21 }, (_, n) => `{ name: s${n}, use: slow-operation-threshold }`).join(', ')}]`,
      'holds more than 20 steps',
    ],
    [
      'confirm where nothing is destroyed',
      'after: [{ name: a, use: slow-operation-threshold, confirm: a }]',
      'is not a key here',
    ],
  ])('is refused with %s', (_what, lines, message) => {
    expect(mistakes(lines).join('\n')).toContain(message);
    expect(mistakes(lines)).not.toEqual([]);
  });
});

describe('a step that destroys', () => {
  const nodes = (confirm: string) => `cleanup: [{ name: nodes, use: delete-search-nodes${confirm} }]`;
  const words =
    'delete-search-nodes destroys the search nodes of the target, so it takes the name of the thing in exactly these words: orders-drill';

  it('is confirmed with the name of the thing, to the letter', () => {
    expect(mistakes(nodes(', confirm: orders-drill'))).toEqual([]);
    expect(mistakes(nodes(''))).toEqual([`cleanup[0].confirm: is missing: ${words}`]);
    for (const wrong of ['orders', 'Orders-Drill', 'yes', '" orders-drill"']) {
      expect(mistakes(nodes(`, confirm: ${wrong}`))).toEqual([
        `cleanup[0].confirm: names something else: ${words}`,
      ]);
    }
  });

  it('of the target needs one', () => {
    const text = `version: 1\nkind: restore\nname: n\nsource: { project: ${PROJECT}, cluster: orders }\nrecoveryPoint: { latest: {} }\ndelivery: download\n${nodes(', confirm: x')}`;
    expect(() => parseRunbook(text, 'test.yaml')).toThrow('needs a target');
  });
});

describe('step-not-on-protected', () => {
  const cleanup = [{ name: 'nodes', use: 'delete-search-nodes', confirm: 'orders-drill' }];
  const after = [
    {
      name: 'tokens',
      use: 'revoke-jwks',
      confirm: PROJECT.slice(0, 20),
      with: { federation: DRILLS, identityProvider: PROJECT.slice(0, 20) },
    },
  ];
  const outcome = (parts: Record<string, unknown>, protectedClusters: string[]) =>
    stepGuards(runbook(parts), { protectedClusters })[0]?.outcome;

  it('is no guard of a runbook that destroys nothing', () => {
    expect(stepGuards(runbook(), { protectedClusters: [`${DRILLS}/*`] })).toEqual([]);
  });

  it.each([
    ['nothing is protected', [], 'pass'],
    ['another project is', [`${PROJECT}/*`], 'pass'],
    ['the project is', [`${DRILLS}/*`], 'fail'],
    ['any cluster of the project is', [`${DRILLS}/another`], 'fail'],
    ['the project is, in other letters', [`${DRILLS.toUpperCase()}/*`], 'fail'],
    ['nobody can read what is', ['everything'], 'fail'],
  ])('when %s', (_when, protectedClusters, expected) => {
    expect(outcome({ cleanup }, protectedClusters)).toBe(expected);
    const own = protectedClusters.every((entry) => /^[a-f0-9]{24}\//.test(entry));
    if (own) expect(outcome({ cleanup, guards: { protectedClusters } }, [])).toBe(expected);
  });

  it('is never waived: no word in the runbook lets such a step run there', () => {
    const guards = {
      protectedClusters: [`${DRILLS}/another`],
      unknown: 'continue',
      confirmErase: `erase ${DRILLS}/orders-drill`,
    };
    const written = runbook({ kind: 'restore', cleanup, guards });
    const results = checkTarget(written, { protectedClusters: [] }, goodFacts());
    expect(decide(results, 'continue').blocking.map(({ name }) => name)).toEqual(['step-not-on-protected']);
  });

  it('lets what reaches every organization run where something is protected only in so many words', () => {
    const tokens = (words: Record<string, unknown>) => {
      const [step] = after;
      return { after: [{ ...step, with: { ...step?.with, ...words } }] };
    };
    expect(outcome(tokens({}), [])).toBe('pass');
    expect(outcome(tokens({}), [`${DRILLS}/orders`])).toBe('fail');
    expect(outcome(tokens({ reachesProtected: true }), [`${DRILLS}/orders`])).toBe('pass');
  });
});
