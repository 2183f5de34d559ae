import { describe, expect, it } from 'vitest';
import { decide } from '../../../core/runbooks/guards.ts';
import {
  cutoverGuards,
  type CutoverFacts,
  type MigrationFacts,
} from '../../../core/runbooks/guards/migration.ts';
import { nightText, parseCutover } from '../../support/cutovers.ts';

const runbook = parseCutover(nightText());
const NOTHING = { protectedClusters: [] };
const target = {
  ...runbook.target,
  kind: 'replicaSet' as const,
  shards: 1,
  encryption: 'NONE',
  state: 'IDLE',
  paused: false,
  pointInTime: false,
  backups: true,
};
const READY: MigrationFacts = { status: 'WORKING', ready: true, lagSeconds: 1 };
const facts = (migration: MigrationFacts): CutoverFacts => ({
  target: { seen: target },
  migration: { seen: migration },
});

const outcomes = (seen: CutoverFacts, stage: 'early' | 'last' = 'last') =>
  Object.fromEntries(
    cutoverGuards(runbook, NOTHING, seen, stage).map(({ name, outcome }) => [name, outcome]),
  );

describe('the guards of a cutover', () => {
  it('pass for a migration that is ready, whatever its lag: that is read later', () => {
    expect(outcomes(facts({ ...READY, lagSeconds: null }))).toEqual({
      'target-is-not-source': 'pass',
      'target-project-allowed': 'pass',
      'target-not-paused': 'pass',
      'target-idle': 'pass',
      'migration-open': 'pass',
      'migration-ready': 'pass',
    });
  });

  it.each([
    ['COMPLETE', 'fail', 'fail'],
    ['FAILED', 'fail', 'fail'],
    ['EXPIRED', 'fail', 'fail'],
    ['NEW', 'pass', 'fail'],
    ['PAUSING', 'unknown', 'fail'],
  ])('of a migration that is %s: open %s, ready %s', (status, open, ready) => {
    expect(outcomes(facts({ ...READY, status }))).toMatchObject({
      'migration-open': open,
      'migration-ready': ready,
    });
  });

  it('do not ask for readiness at the start', () => {
    expect(outcomes(facts({ status: 'WORKING', ready: false, lagSeconds: 900 }), 'early')).not.toHaveProperty(
      'migration-ready',
    );
  });

  it('block a migration that could not be seen, also where the runbook goes on without', () => {
    const unseen: CutoverFacts = { target: { unseen: 'it' }, migration: { unseen: 'it' } };
    const { blocking } = decide(cutoverGuards(runbook, NOTHING, unseen, 'last'), 'continue');
    expect(blocking.map(({ name }) => name)).toEqual(['migration-open', 'migration-ready']);
  });

  it('let a protected target be cut over, which erases nothing; but keep it from steps that destroy', () => {
    const policy = { protectedClusters: [`${runbook.target.project}/*`] };
    const names = cutoverGuards(runbook, policy, facts(READY), 'last').map(({ name }) => name);
    expect(names).not.toContain('target-is-not-protected');
    const cleanup = '[{ name: nodes, use: delete-search-nodes, confirm: orders }]';
    const destroying = cutoverGuards(parseCutover(nightText({ cleanup })), policy, facts(READY), 'last');
    expect(destroying.find(({ name }) => name === 'step-not-on-protected')?.outcome).toBe('fail');
  });

  it('hold the lists of the installation beside those of the runbook', () => {
    const policy = { protectedClusters: [], allowedProjects: ['5e2f1c0a9d3b7a4c8e6f0a02'] };
    const allowed = cutoverGuards(runbook, policy, facts(READY), 'early').find(
      ({ name }) => name === 'target-project-allowed',
    );
    expect(allowed?.outcome).toBe('fail');
  });
});
