import { expect, it } from 'vitest';
import { ROUTES } from '../../core/http/routes.ts';
import { CHANGING, READING } from '../../lambdas/runtime/http-parts.ts';

it('every route of the API is answered by one of the two functions: what only reads by the one that can only read', () => {
  const addresses = (routes: typeof READING) => routes.map(({ method, path }) => `${method} ${path}`).sort();
  const all = addresses(ROUTES);
  const reading = addresses(READING).filter((address) => address !== 'GET /openapi.json');
  expect(reading).toEqual(all.filter((address) => address.startsWith('GET ')));
  expect(addresses(CHANGING)).toEqual(all.filter((address) => !address.startsWith('GET ')));
});
