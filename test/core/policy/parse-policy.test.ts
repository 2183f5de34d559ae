import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PolicyError } from '../../../core/policy/errors.ts';
import { parsePolicy } from '../../../core/policy/parse-policy.ts';

const message = (text: string): string => {
  try {
    parsePolicy(text, 'policy.yaml');
  } catch (error) {
    if (error instanceof PolicyError) return error.message;
    throw error;
  }
  return 'no mistake';
};

describe('a policy', () => {
  it('is read with its defaults, which allow no overrides and no break-glass', () => {
    const { policy } = parsePolicy('runbooks: kept\n', 'policy.yaml');
    expect(policy).toMatchObject({ runbooks: 'kept', overrides: [], approvals: [], breakGlass: false });
  });

  it('of the examples is one', () => {
    const text = readFileSync(new URL('../../../examples/policy/policy.yaml', import.meta.url), 'utf8');
    expect(parsePolicy(text, 'policy.yaml').policy.approvals).toHaveLength(2);
  });

  it('has the same hash whatever the order of its keys, and another for another content', () => {
    const hashOf = (text: string) => parsePolicy(text, 'policy.yaml').policy.hash;
    expect(hashOf('runbooks: kept\nbreakGlass: true\n')).toBe(hashOf('breakGlass: true\nrunbooks: kept\n'));
    expect(hashOf('runbooks: kept\n')).not.toBe(hashOf('runbooks: any\n'));
  });

  it('is refused with every mistake at once, each with its line and column', () => {
    const text = [
      'runbook: kept',
      'breakGlass: yes please',
      'approvals:',
      '  - targets: [orders]',
      '    counts: 2',
      'overrides: [../guards]',
      'notify:',
      '  - slack: { urlSecret: lower }',
    ].join('\n');
    const said = message(text);
    expect(said).toContain('has 6 mistakes');
    expect(said).toContain('policy.yaml:1:1: runbook: is not a key here: did you mean runbooks?');
    expect(said).toContain('policy.yaml:2:13: breakGlass: must be true or false');
    expect(said).toContain(
      'policy.yaml:4:15: approvals[0].targets[0]: is not PROJECT/CLUSTER, PROJECT/* or *',
    );
    expect(said).toContain('policy.yaml:5:5: approvals[0].counts: is not a key here: did you mean count?');
    expect(said).toContain('policy.yaml:6:13: overrides[0]: is not a field of a runbook');
    expect(said).toContain('policy.yaml:8:25: notify[0].slack.urlSecret: is not the name of a secret');
  });

  it.each(['', '# nothing\n', '[]', 'kept', 'a: b: c', '\u0000'])('is no policy: %j', (text) => {
    expect(message(text)).toMatch(/^The policy policy.yaml has (a mistake|2 mistakes):/);
  });
});
