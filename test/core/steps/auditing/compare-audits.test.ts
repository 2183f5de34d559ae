import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { auditGaps, type AuditFacts } from '../../../../core/steps/auditing/compare-audits.ts';

const audit = (parts: Partial<AuditFacts> = {}): AuditFacts => ({
  enabled: true,
  authorizationSuccess: false,
  filter: '{ "atype": "authenticate", "param": { "db": "shop" } }',
  ...parts,
});

describe('auditGaps', () => {
  it('finds none where the source audits nothing', () => {
    expect(auditGaps(audit({ enabled: false }), audit({ enabled: false }))).toEqual([]);
    expect(auditGaps(audit({ enabled: false }), audit())).toEqual([]);
  });

  it('finds that auditing is off on the target, and says no more', () => {
    expect(auditGaps(audit(), audit({ enabled: false, filter: '' }))).toEqual(['auditing is off']);
  });

  it('wants successful authorizations where the source records them, not the other way round', () => {
    const more = audit({ authorizationSuccess: true });
    expect(auditGaps(more, audit())).toEqual(['successful authorizations are not recorded']);
    expect(auditGaps(audit(), more)).toEqual([]);
  });

  it('takes the same filter written in another way for the same', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (filter) => {
        const turned = Object.fromEntries(Object.entries(filter).toReversed());
        const one = audit({ filter: JSON.stringify(filter) });
        const other = audit({ filter: ` ${JSON.stringify(turned, null, 2)}\n` });
        expect(auditGaps(one, other)).toEqual([]);
      }),
    );
  });

  it.each([
    ['{ "atype": "authenticate" }', '{ "atype": "authCheck" }'],
    ['{ "$or": [{ "a": 1 }, { "b": 2 }] }', '{ "$or": [{ "a": 1 }] }'],
    ['', '{ "atype": "authCheck" }'],
    ['not JSON', '{}'],
  ])('tells the filter %s from %s', (here, there) => {
    const gaps = auditGaps(audit({ filter: here }), audit({ filter: there }));
    expect(gaps).toEqual(['the filter is another one']);
  });

  it('compares a filter that is not JSON as text', () => {
    expect(auditGaps(audit({ filter: ' not JSON' }), audit({ filter: 'not JSON' }))).toEqual([]);
  });
});
