import { UsageError } from './errors.ts';

/**
 * What an option of `name=value` was given, each name once.
 *
 * @throws UsageError naming everything that is not `name=value`, and every name that comes again.
 */
export function singleValues(
  option: string,
  given: readonly string[] = [],
): Readonly<Record<string, string>> {
  const values = byName(option, given);
  const repeated = [...values].filter(([, all]) => all.length > 1).map(([name]) => name);
  if (repeated.length > 0) {
    throw new UsageError(`${option} names ${repeated.join(', ')} more than once.`, 'Name each one once.');
  }
  return Object.fromEntries([...values].map(([name, all]) => [name, all.join('')]));
}

/**
 * What an option of `name=value` was given; a name that comes again has all of its values, in their order.
 *
 * @throws UsageError naming everything that is not `name=value`.
 */
export function listedValues(
  option: string,
  given: readonly string[] = [],
): Readonly<Record<string, string | readonly string[]>> {
  const single = ([name, all]: [string, string[]]) => [name, all.length > 1 ? all : all.join('')] as const;
  return Object.fromEntries([...byName(option, given)].map(single));
}

/** A value may hold further equals signs, or nothing. */
function byName(option: string, given: readonly string[]): Map<string, string[]> {
  const wrong = given.filter((one) => one.indexOf('=') < 1);
  if (wrong.length > 0) {
    throw new UsageError(
      `${option} takes name=value, not ${wrong.map((one) => `"${one}"`).join(', ')}.`,
      'Write the name of a parameter, an equals sign, and the value.',
    );
  }
  const values = new Map<string, string[]>();
  for (const one of given) {
    const at = one.indexOf('=');
    const name = one.slice(0, at);
    values.set(name, [...(values.get(name) ?? []), one.slice(at + 1)]);
  }
  return values;
}
