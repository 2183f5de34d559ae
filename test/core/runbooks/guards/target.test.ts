import { describe, expect, it } from 'vitest';
import type { GuardFacts } from '../../../../core/runbooks/guards/facts.ts';
import type { ProjectFacts } from '../../../../core/runbooks/project.ts';
import { cluster, DRILLS, ORGANIZATION, PROJECT, runbook } from '../fixtures.ts';
import { guardOf } from './guard-of.ts';

describe('same-organization', () => {
  const OTHER = '5e2f1c0a9d3b7a4c8e6f0b02';
  const onto = (parts: Partial<ProjectFacts>) => ({
    targetProject: { seen: { id: DRILLS, name: 'drills', orgId: ORGANIZATION, ...parts } },
  });
  const unseen = { unseen: 'project: the credentials may not read it (403 USER_UNAUTHORIZED)' };

  it('passes within one organization', () => {
    expect(guardOf('same-organization', {})).toMatchObject({ outcome: 'pass' });
  });

  it('fails across organizations, and names both projects', () => {
    const result = guardOf('same-organization', onto({ orgId: OTHER }));
    expect(result.outcome).toBe('fail');
    expect(result.evidence).toEqual({ source: ORGANIZATION, target: OTHER });
    for (const words of ['production', PROJECT, 'drills', DRILLS, ORGANIZATION, OTHER])
      expect(result.message).toContain(words);
  });

  it.each<[string, Partial<GuardFacts>]>([
    ['the source project could not be read', { sourceProject: unseen }],
    ['the target project could not be read', { targetProject: unseen }],
    ['Atlas gives no organization', onto({ orgId: undefined })],
  ])('is unknown where %s', (_, facts) => {
    expect(guardOf('same-organization', facts).outcome).toBe('unknown');
  });

  it('needs no reply where both clusters are in one project', () => {
    const book = runbook({ target: { project: PROJECT, cluster: 'orders-drill' } });
    const facts = { sourceProject: unseen, targetProject: unseen };
    expect(guardOf('same-organization', facts, book).outcome).toBe('pass');
  });
});

describe('target-not-free', () => {
  const judge = (parts: Parameters<typeof cluster>[0]) =>
    guardOf('target-not-free', { target: { seen: cluster({ project: DRILLS, ...parts }) } });

  it.each([
    [{ instanceSize: 'M0' }, 'fail'],
    [{ instanceSize: 'M10' }, 'pass'],
    [{ instanceSize: undefined }, 'unknown'],
    [{ kind: 'flex' as const, instanceSize: undefined }, 'pass'],
  ])('%j: %s', (parts, outcome) => {
    expect(judge(parts).outcome).toBe(outcome);
  });
});
