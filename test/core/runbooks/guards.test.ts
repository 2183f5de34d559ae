import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CheckResult, Look } from '../../../core/runbooks/check.ts';
import type { ClusterFacts } from '../../../core/runbooks/cluster.ts';
import { checkRecoveryPoint, checkTarget, decide } from '../../../core/runbooks/guards.ts';
import type { GuardFacts, TargetPolicy } from '../../../core/runbooks/guards/facts.ts';
import type { RestoreRunbook } from '../../../core/runbooks/kinds/restore.ts';
import {
  cluster,
  DRILLS,
  goodFacts,
  NOW,
  pointInTimeFacts,
  pointOf,
  PROJECT,
  runbook,
  snapshot,
} from './fixtures.ts';

const NO_POLICY: TargetPolicy = { protectedClusters: [] };
const SOURCE = { project: PROJECT, cluster: 'orders' };
const unseen = { unseen: 'the role Project Backup Manager is missing' };

function results(book: RestoreRunbook, facts: GuardFacts, policy = NO_POLICY): Map<string, CheckResult> {
  const all = [...checkTarget(book, policy, facts), ...checkRecoveryPoint(book, facts)];
  const byName = new Map(all.map((result) => [result.name, result]));
  // Two guards of one name would hide each other in a report.
  expect(byName.size).toBe(all.length);
  return byName;
}

function guard(
  name: string,
  facts: Partial<GuardFacts> = {},
  book = runbook(),
  policy = NO_POLICY,
): CheckResult {
  const result = results(book, goodFacts(facts), policy).get(name);
  if (result === undefined) throw new Error(`There is no guard ${name}.`);
  return result;
}

const source = (parts: Partial<ClusterFacts>): Look<ClusterFacts> => ({ seen: cluster(parts) });
const target = (parts: Partial<ClusterFacts>): Look<ClusterFacts> => ({
  seen: cluster({ project: DRILLS, cluster: 'orders-drill', ...parts }),
});

const pointInTime = runbook({
  delivery: 'pointInTime',
  recoveryPoint: { pointInTime: { utcSeconds: 1_786_330_000 } },
});

describe('with everything as it should be', () => {
  it('a drill passes every guard', () => {
    const all = results(runbook(), goodFacts());
    expect([...all.keys()]).toEqual([
      'target-is-not-source',
      'target-is-not-protected',
      'target-project-allowed',
      'source-has-backups',
      'delivery-supported',
      'same-organization',
      'same-kind',
      'target-not-free',
      'target-not-paused',
      'target-idle',
      'target-not-being-restored',
      'snapshot-complete',
      'snapshot-not-fallback',
      'snapshot-outlives-restore',
      'same-shard-count',
      'version-not-older',
      'encryption-compatible',
      'disk-large-enough',
    ]);
    expect([...all.values()].filter(({ outcome }) => outcome !== 'pass')).toEqual([]);
    expect(decide([...all.values()], 'stop')).toEqual({ ok: true, blocking: [] });
  });

  it('a point in time is judged by its window, not by a snapshot', () => {
    const all = results(pointInTime, goodFacts({ recoveryPoint: { chosenBy: 'pointInTime', time: NOW } }));
    expect([...all.keys()].filter((name) => name.startsWith('snapshot-'))).toEqual([]);
    expect([...all.values()].filter(({ outcome }) => outcome !== 'pass')).toEqual([]);
    expect(all.has('point-in-time-in-window')).toBe(true);
  });

  it('a download asks nothing of a target', () => {
    const { source: of, sourceProject, openDownloads, recoveryPoint, now } = goodFacts();
    const facts = {
      source: of,
      sourceProject,
      ...(openDownloads && { openDownloads }),
      now,
      ...(recoveryPoint && { recoveryPoint }),
    };
    const all = results(runbook({ kind: 'restore', delivery: 'download', target: undefined }), facts);
    expect([...all.keys()].filter((name) => /target|same-|disk/.test(name))).toEqual([]);
    expect([...all.values()].every(({ outcome }) => outcome === 'pass')).toBe(true);
  });
});

describe('the wrong cluster', () => {
  const inPlace = (guards: object, kind = 'restore') => runbook({ kind, target: SOURCE, guards });

  it('is the source, unless the runbook says in so many words to erase it', () => {
    const refused = guard('target-is-not-source', {}, inPlace({}));
    expect(refused).toMatchObject({ outcome: 'fail' });
    expect(refused.message).toContain(`confirmErase: erase ${PROJECT}/orders`);
    const confirmed = inPlace({ confirmErase: `erase ${PROJECT}/orders` });
    expect(guard('target-is-not-source', {}, confirmed).outcome).toBe('pass');
  });

  it.each([
    `Erase ${PROJECT}/orders`,
    `erase ${PROJECT}/Orders`,
    `erase ${PROJECT}/orders `,
    `erase  ${PROJECT}/orders`,
    `erase ${DRILLS}/orders`,
    `erase ${PROJECT}/*`,
    'yes',
    '',
  ])('is not confirmed by other words: "%s"', (confirmErase) => {
    const book = inPlace({ confirmErase, protectedClusters: [`${PROJECT}/orders`] });
    expect(guard('target-is-not-source', {}, book).outcome).toBe('fail');
    expect(guard('target-is-not-protected', {}, book).outcome).toBe('fail');
  });

  it('is never overwritten by a drill', () => {
    const drill = { ...inPlace({ confirmErase: `erase ${PROJECT}/orders` }), kind: 'drill' as const };
    const refused = guard('target-is-not-source', {}, drill);
    expect(refused.outcome).toBe('fail');
    expect(refused.message).toContain('name another target');
  });

  it.each([
    [`${DRILLS}/orders-drill`, 'fail'],
    [`${DRILLS}/*`, 'fail'],
    [`${DRILLS}/Orders-Drill`, 'fail'],
    [`${DRILLS.toUpperCase()}/*`, 'fail'],
    [`${DRILLS}/orders`, 'pass'],
    [`${PROJECT}/*`, 'pass'],
    // Meant to protect something: better to stop than to guess.
    ['orders-drill', 'fail'],
    ['*', 'fail'],
    [`${DRILLS}/orders-*`, 'fail'],
  ])('is on the list of this installation: %s → %s', (entry, outcome) => {
    expect(guard('target-is-not-protected', {}, runbook(), { protectedClusters: [entry] }).outcome).toBe(
      outcome,
    );
  });

  it("is on the runbook's list", () => {
    const book = runbook({ guards: { protectedClusters: [`${DRILLS}/*`] } });
    expect(guard('target-is-not-protected', {}, book)).toMatchObject({
      outcome: 'fail',
      evidence: { entry: `${DRILLS}/*` },
    });
  });

  it.each([
    [undefined, undefined, 'pass'],
    [[DRILLS], undefined, 'pass'],
    [[PROJECT], undefined, 'fail'],
    [[DRILLS], [PROJECT], 'fail'],
    [[PROJECT], [DRILLS], 'fail'],
    [[DRILLS], [DRILLS, PROJECT], 'pass'],
    [undefined, [], 'fail'],
  ])(
    'is in a project that one of the lists leaves out: runbook %j, policy %j → %s',
    (own, policy, outcome) => {
      const book = runbook({ guards: { allowedProjects: own } });
      const rules = { protectedClusters: [], ...(policy && { allowedProjects: policy }) };
      expect(guard('target-project-allowed', {}, book, rules).outcome).toBe(outcome);
    },
  );

  it('fails when there should be a target and is none', () => {
    const download = runbook({ kind: 'restore', delivery: 'download', target: undefined });
    const [first] = checkTarget({ ...download, delivery: 'automated' }, NO_POLICY, goodFacts());
    expect(first).toMatchObject({ name: 'target-is-not-source', outcome: 'fail' });
  });
});

describe('each guard', () => {
  const flex = { source: source({ kind: 'flex' }) };
  const at = (parts: Parameters<typeof snapshot>[0]) => ({ recoveryPoint: pointOf(snapshot(parts)) });
  const GIB = 1024 ** 3;

  it.each<[string, string, Partial<GuardFacts>, string]>([
    ['source-has-backups', 'fail', { source: source({ backups: false }) }, `${PROJECT}/orders are off`],
    ['same-kind', 'fail', { target: target({ kind: 'sharded' }) }, 'is a replica set and target'],
    ['target-not-paused', 'fail', { target: target({ paused: true }) }, 'resume it first'],
    ['target-idle', 'fail', { target: target({ state: 'UPDATING' }) }, 'is UPDATING, not IDLE'],
    ['target-idle', 'fail', { target: target({ state: 'DREAMING' }) }, 'is DREAMING'],
    ['target-not-being-restored', 'fail', { openRestores: { seen: ['66a', '66b'] } }, 'by 66a, 66b'],
    ['snapshot-complete', 'fail', at({ status: 'failed', atlasStatus: 'failed' }), 'is failed'],
    ['snapshot-complete', 'fail', at({ status: 'pending', atlasStatus: 'queued' }), 'is queued'],
    [
      'snapshot-complete',
      'unknown',
      at({ status: 'unknown', atlasStatus: 'frozen' }),
      'frozen, a status that',
    ],
    ['snapshot-not-fallback', 'fail', at({ type: 'fallback' }), 'may be inconsistent'],
    ['snapshot-not-fallback', 'unknown', at({ type: undefined }), 'does not tell the type'],
    ['snapshot-not-fallback', 'pass', at({ type: undefined, kind: 'flex' }), 'is not a fallback'],
    [
      'snapshot-outlives-restore',
      'fail',
      at({ expiresAt: '2026-08-10T15:00:00Z' }),
      '2026-08-10T15:00:00.000Z',
    ],
    [
      'snapshot-outlives-restore',
      'pass',
      at({ expiresAt: '2026-08-10T15:00:01Z' }),
      '2026-08-10T15:00:00.000Z',
    ],
    ['snapshot-outlives-restore', 'unknown', at({ expiresAt: undefined }), 'does not tell when'],
    ['version-not-older', 'fail', { target: target({ version: '7.0.31' }) }, 'runs MongoDB 7.0.31; snapshot'],
    ['version-not-older', 'pass', { target: target({ version: '8.0.4' }) }, '8.0.4'],
    ['version-not-older', 'pass', { target: target({ version: '10.0.0' }) }, '10.0.0'],
    [
      'version-not-older',
      'pass',
      { ...at({ version: '7.0.1' }), target: target({ version: '7.0.0' }) },
      'is of 7.0.1',
    ],
    // What the source is now says nothing of a snapshot of before.
    ['version-not-older', 'unknown', at({ version: undefined }), 'cannot be compared'],
    ['version-not-older', 'pass', { source: source({ version: '9.0.0' }) }, 'is of 8.0.29'],
    ['version-not-older', 'unknown', { target: target({ version: undefined }) }, 'cannot be compared'],
    ['encryption-compatible', 'fail', { target: target({ encryption: 'AWS' }) }, "customer's key at AWS"],
    ['encryption-compatible', 'fail', at({ encrypted: true }), "encrypted with the customer's key; target"],
    [
      'encryption-compatible',
      'fail',
      {
        ...at({ encrypted: true }),
        source: source({ encryption: 'GCP' }),
        target: target({ encryption: 'AWS' }),
      },
      'at GCP',
    ],
    [
      'encryption-compatible',
      'pass',
      {
        ...at({ encrypted: true }),
        source: source({ encryption: 'AWS' }),
        target: target({ encryption: 'AWS' }),
      },
      'at AWS',
    ],
    [
      'encryption-compatible',
      'unknown',
      { ...at({ encrypted: true }), target: target({ encryption: 'AWS' }) },
      'no longer says with whose key',
    ],
    [
      'disk-large-enough',
      'fail',
      at({ sizeBytes: 18.2 * GIB }),
      `Target ${DRILLS}/orders-drill has 10 GB of disk; snapshot 650000000000000000000001 holds 18.2 GB`,
    ],
    ['disk-large-enough', 'fail', at({ sizeBytes: 9.5 * GIB }), 'needs 10.5 GB'],
    ['disk-large-enough', 'pass', at({ sizeBytes: 9 * GIB }), 'holds 9 GB'],
    [
      'disk-large-enough',
      'pass',
      { ...at({ sizeBytes: 18 * GIB }), target: target({ shards: 2 }) },
      'has 20 GB',
    ],
    ['disk-large-enough', 'unknown', at({ sizeBytes: 0 }), 'does not tell the size of snapshot'],
    [
      'disk-large-enough',
      'pass',
      at({ sizeBytes: undefined, kind: 'flex' }),
      'The size of the data is not known, but target',
    ],
    [
      'disk-large-enough',
      'unknown',
      { ...at({ sizeBytes: undefined, kind: 'flex' }), source: source({ diskGB: 40 }) },
      '40 GB',
    ],
    ['disk-large-enough', 'unknown', { target: target({ diskGB: undefined }) }, 'does not tell the disk'],
    ['delivery-supported', 'pass', flex, 'flex'],
  ])('%s: %s, and says why', (name, outcome, facts, words) => {
    const result = guard(name, facts);
    expect(result.outcome).toBe(outcome);
    expect(result.message).toContain(words);
  });

  it('flex allows automated only, and no fresh snapshot', () => {
    const download = runbook({ kind: 'restore', delivery: 'download', target: undefined });
    expect(guard('delivery-supported', flex, download).outcome).toBe('fail');
    expect(guard('delivery-supported', flex, pointInTime).outcome).toBe('fail');
    expect(guard('delivery-supported', flex, runbook({ recoveryPoint: { fresh: {} } })).outcome).toBe('fail');
  });

  it('a fallback passes once the runbook accepts it', () => {
    const book = runbook({ guards: { fallbackSnapshots: true } });
    expect(guard('snapshot-not-fallback', at({ type: 'fallback' }), book).outcome).toBe('pass');
  });

  it.each<[string, string, Partial<GuardFacts>]>([
    [
      'outside',
      'fail',
      { pointInTimeWindow: { seen: pointInTimeFacts({ from: '2026-08-10T02:50:00Z', to: NOW }) } },
    ],
    ['future', 'fail', { now: '2026-08-01T00:00:00Z', source: unseen }],
    ['no continuous backup', 'fail', { source: source({ pointInTime: false }) }],
    ['could not be looked at', 'unknown', { pointInTimeWindow: unseen }],
  ])('a point in time: %s → %s', (words, outcome, facts) => {
    const result = guard('point-in-time-in-window', facts, pointInTime);
    expect(result.outcome).toBe(outcome);
    expect(result.message).toContain(words);
  });
});

describe('what could not be seen', () => {
  it('says why, and what that means', () => {
    expect(guard('target-not-paused', { target: unseen }).message).toBe(
      `Target ${DRILLS}/orders-drill could not be looked at (the role Project Backup Manager is missing), so it is not known whether it is paused.`,
    );
  });

  const needs: Readonly<Record<string, readonly (keyof GuardFacts)[]>> = {
    'source-has-backups': ['source'],
    'delivery-supported': ['source'],
    'same-organization': ['sourceProject', 'targetProject'],
    'same-kind': ['source', 'target'],
    'target-not-free': ['target'],
    'target-not-paused': ['target'],
    'target-idle': ['target'],
    'target-not-being-restored': ['openRestores'],
    'snapshot-complete': ['recoveryPoint'],
    'snapshot-not-fallback': ['recoveryPoint'],
    'snapshot-outlives-restore': ['recoveryPoint'],
    'point-in-time-in-window': ['source', 'pointInTimeWindow'],
    'same-shard-count': ['target'],
    'version-not-older': ['target'],
    'encryption-compatible': ['source', 'target'],
    'disk-large-enough': ['target'],
  };
  const books = [runbook(), runbook({ recoveryPoint: { fresh: {} } }), pointInTime];
  const missable: readonly (keyof GuardFacts)[] = [
    'source',
    'target',
    'sourceProject',
    'targetProject',
    'openRestores',
    'recoveryPoint',
    'pointInTimeWindow',
  ];

  it('never passes a guard that needs it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...books),
        fc.subarray([...missable]),
        fc.boolean(),
        (book, missing, asked) => {
          const facts: Partial<Record<keyof GuardFacts, unknown>> = { ...goodFacts() };
          for (const key of missing) {
            if (key === 'source' || key === 'sourceProject' || (asked && key !== 'recoveryPoint'))
              facts[key] = unseen;
            else Reflect.deleteProperty(facts, key);
          }
          for (const { name, outcome } of results(book, facts as unknown as GuardFacts).values()) {
            const lacks = needs[name]?.some((key) => missing.includes(key)) ?? false;
            const blind = OF_THE_DATA.includes(name) && knowsNoData(book, missing);
            expect(`${name}: ${outcome}`).toBe(`${name}: ${lacks || blind ? 'unknown' : 'pass'}`);
          }
        },
      ),
    );
  });

  const OF_THE_DATA = ['same-shard-count', 'version-not-older', 'encryption-compatible', 'disk-large-enough'];

  /** Without a snapshot, a point in time is known by those around it, and what will be fresh by the source. */
  function knowsNoData(book: RestoreRunbook, missing: readonly string[]): boolean {
    if (!missing.includes('recoveryPoint')) return false;
    if ('fresh' in book.recoveryPoint) return missing.includes('source');
    if (!('pointInTime' in book.recoveryPoint)) return true;
    // The newest snapshot is before the instant, so what follows it is the source.
    return missing.includes('pointInTimeWindow') || missing.includes('source');
  }
});

describe('decide', () => {
  const of = (name: string, outcome: CheckResult['outcome']): CheckResult => ({ name, outcome, message: '' });
  const failed = of('target-idle', 'fail');
  const blind = of('target-not-paused', 'unknown');

  it('stops at what failed and, unless told to continue, at what could not be seen', () => {
    expect(decide([failed, blind, of('same-kind', 'pass')], 'stop').blocking).toEqual([failed, blind]);
    expect(decide([failed, blind], 'continue')).toEqual({ ok: false, blocking: [failed] });
    expect(decide([blind], 'continue')).toEqual({ ok: true, blocking: [] });
  });

  it('never waives the guards that keep the wrong cluster from being erased', () => {
    for (const name of ['target-is-not-source', 'target-is-not-protected', 'target-project-allowed']) {
      expect(decide([of(name, 'unknown')], 'continue').ok).toBe(false);
    }
  });
});

describe('whatever Atlas says', () => {
  const project = fc.constantFrom(PROJECT, DRILLS);
  const ref = fc.record({ project, cluster: fc.constantFrom('orders', 'Orders', 'orders-drill') });
  const entry = fc
    .tuple(project, fc.constantFrom('orders', 'orders-drill', '*'))
    .map(([of, name]) => `${of}/${name}`);
  const look = fc.oneof(
    fc.constant(unseen),
    fc
      .record({ kind: fc.constantFrom('replicaSet', 'sharded', 'flex'), paused: fc.boolean(), of: ref })
      .map(({ of, ...rest }) => ({ seen: cluster({ ...of, ...rest }) })),
  );
  const facts: fc.Arbitrary<GuardFacts> = fc.record(
    {
      source: look,
      target: look,
      sourceProject: fc.constant(unseen),
      openRestores: fc.constantFrom<Look<string[]>>(unseen, { seen: [] }),
      recoveryPoint: fc.constant(pointOf(snapshot())),
      now: fc.constant(NOW),
    },
    { requiredKeys: ['source', 'sourceProject', 'now'] },
  );
  const words = fc.oneof(
    fc.constant(undefined),
    ref.map((of) => `erase ${of.project}/${of.cluster}`),
    ref.map((of) => `Erase ${of.project}/${of.cluster}`),
    fc.string(),
  );

  it('neither the source nor a protected cluster is erased without the exact words', () => {
    const books = fc.record({
      kind: fc.constantFrom('drill' as const, 'restore' as const),
      from: ref,
      onto: ref,
      own: fc.array(entry, { maxLength: 2 }),
      confirmErase: words,
      unknown: fc.constantFrom('stop' as const, 'continue' as const),
    });
    const lists = fc.array(entry, { maxLength: 2 });
    fc.assert(
      fc.property(
        books,
        lists,
        facts,
        ({ kind, from, onto, own, confirmErase, unknown }, protectedClusters, seen) => {
          const base = runbook({ source: from, target: onto, guards: { protectedClusters: own, unknown } });
          const book = { ...base, kind, guards: { ...base.guards, confirmErase } };
          const name = `${onto.project}/${onto.cluster}`.toLowerCase();
          const forbidden =
            name === `${from.project}/${from.cluster}`.toLowerCase() ||
            [...own, ...protectedClusters].some((each) => each === name || each === `${onto.project}/*`);
          const said = kind === 'restore' && confirmErase === `erase ${onto.project}/${onto.cluster}`;
          const { blocking } = decide(checkTarget(book, { protectedClusters }, seen), unknown);
          const stopped = blocking.some((each) => /is-not-(source|protected)$/.test(each.name));
          expect(stopped).toBe(forbidden && !said);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
