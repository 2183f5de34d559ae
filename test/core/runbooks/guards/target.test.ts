import { describe, expect, it } from 'vitest';
import { checkTarget } from '../../../../core/runbooks/guards.ts';
import type { GuardFacts } from '../../../../core/runbooks/guards/facts.ts';
import type { ProjectFacts } from '../../../../core/runbooks/project.ts';
import { DRILLS, goodFacts, ORGANIZATION, PROJECT, runbook } from '../fixtures.ts';

function guard(name: string, facts: Partial<GuardFacts>, book = runbook()) {
  const found = checkTarget(book, { protectedClusters: [] }, goodFacts(facts)).find(
    (one) => one.name === name,
  );
  if (found === undefined) throw new Error(`There is no guard ${name}.`);
  return found;
}

describe('same-organization', () => {
  const OTHER = '5e2f1c0a9d3b7a4c8e6f0b02';
  const onto = (parts: Partial<ProjectFacts>) => ({
    targetProject: { seen: { id: DRILLS, name: 'drills', orgId: ORGANIZATION, ...parts } },
  });
  const unseen = { unseen: 'project: the credentials may not read it (403 USER_UNAUTHORIZED)' };

  it('passes within one organization', () => {
    expect(guard('same-organization', {})).toMatchObject({ outcome: 'pass' });
  });

  it('fails across organizations, and names both projects', () => {
    const result = guard('same-organization', onto({ orgId: OTHER }));
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
    expect(guard('same-organization', facts).outcome).toBe('unknown');
  });

  it('needs no reply where both clusters are in one project', () => {
    const book = runbook({ target: { project: PROJECT, cluster: 'orders-drill' } });
    const facts = { sourceProject: unseen, targetProject: unseen };
    expect(guard('same-organization', facts, book).outcome).toBe('pass');
  });
});
