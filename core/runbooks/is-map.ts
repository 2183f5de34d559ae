/** Whether a value is a map of keys as YAML and JSON have them, which leaves lists and null out. */
export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
