import type { CheckResult } from '../../core/runbooks/check.ts';
import type { Colors } from '../terminal.ts';

/** `12 passed, 1 failed, 1 could not look`; what there is none of is left out. */
export function outcomeCounts(results: readonly CheckResult[]): string {
  const count = (outcome: CheckResult['outcome'], words: string) => {
    const number = results.filter((result) => result.outcome === outcome).length;
    return number === 0 ? [] : [`${number} ${words}`];
  };
  return [...count('pass', 'passed'), ...count('fail', 'failed'), ...count('unknown', 'could not look')].join(
    ', ',
  );
}

/** The sign of an outcome: passed, failed, could not look. */
export function outcomeSign(outcome: CheckResult['outcome'], colors: Colors): string {
  if (outcome === 'pass') return colors.green('✓');
  return outcome === 'fail' ? colors.red('✗') : colors.yellow('?');
}

/** A result as text: sign, name, and what was seen. */
export function checkText({ name, outcome, message }: CheckResult, colors: Colors): string {
  return `${outcomeSign(outcome, colors)} ${colors.bold(name)}: ${message}`;
}
