import type { AtlasClient } from '../../core/atlas/client.ts';
import type { Clock } from '../../core/clock.ts';

type Methods = Readonly<Record<string, (params: unknown) => Promise<unknown>>>;

/**
 * The same Atlas, of which it is known that nothing happens in it between two instants (milliseconds since the UNIX epoch): what was
 * asked once in that time is answered from memory, so that a week of looks takes seconds.
 */
export function unchangingAtlas(atlas: AtlasClient, clock: Clock, from: number, until: number): AtlasClient {
  const known = new Map<string, Promise<unknown>>();
  const remembering = (resource: string, methods: Methods): Methods =>
    new Proxy(methods, {
      get: (_, operation: string) => (params: unknown) => {
        const ask = () => methods[operation]?.(params) ?? Promise.reject(new TypeError(operation));
        const now = clock.now();
        if (now < from || now >= until) return ask();
        const key = JSON.stringify([resource, operation, params]);
        const answer = known.get(key) ?? ask();
        known.set(key, answer);
        return answer;
      },
    });
  return new Proxy(atlas, {
    get(client, name: string) {
      const value: unknown = Reflect.get(client, name);
      return typeof value === 'object' && value !== null ? remembering(name, value as Methods) : value;
    },
  });
}
