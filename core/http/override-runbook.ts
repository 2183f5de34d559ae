import { stringify } from 'yaml';
import { isMap } from '../runbooks/is-map.ts';
import { readYaml } from '../runbooks/yaml-source.ts';

/**
 * A runbook with parts of it replaced: a JSON merge patch (RFC 7396), in which null takes a key away. What comes of it is
 * checked by whoever reads it as a runbook.
 *
 * @param text a runbook as it was written. One that can't be read is given back as it is.
 * @returns YAML, without the comments of the original.
 */
export function overrideRunbook(
  name: string,
  text: string,
  overrides: Readonly<Record<string, unknown>>,
): string {
  const source = readYaml(text);
  if ('failed' in source || source.problems.length > 0) return text;
  return `# Runbook ${name}, with overrides.\n${stringify(merged(source.value, overrides))}`;
}

function merged(value: unknown, patch: unknown): unknown {
  if (!isMap(patch)) return patch;
  const kept = isMap(value) ? value : {};
  const changed = Object.entries(patch)
    .filter(([, part]) => part !== null)
    .map(([key, part]) => [key, merged(Object.hasOwn(kept, key) ? kept[key] : undefined, part)] as const);
  const others = Object.entries(kept).filter(([key]) => !Object.hasOwn(patch, key));
  return Object.fromEntries([...others, ...changed]);
}
