import { expect, it } from 'vitest';
import { guardPolicyFrom } from '../../local/guard-policy.ts';

const PROJECT = '5e2f1c0a9d3b7a4c8e6f0a01';

it('reads lists with commas, and forbids nothing when nothing is set', () => {
  expect(guardPolicyFrom({})).toEqual({ protectedClusters: [] });
  expect(guardPolicyFrom({ LIFEBOAT_PROTECTED_CLUSTERS: ' ', LIFEBOAT_ALLOWED_PROJECTS: '' })).toEqual({
    protectedClusters: [],
  });
  const env = {
    LIFEBOAT_PROTECTED_CLUSTERS: `${PROJECT}/orders, ${PROJECT}/*`,
    LIFEBOAT_ALLOWED_PROJECTS: PROJECT,
  };
  expect(guardPolicyFrom(env)).toEqual({
    protectedClusters: [`${PROJECT}/orders`, `${PROJECT}/*`],
    allowedProjects: [PROJECT],
  });
});

it.each(['orders', `${PROJECT}/`, `${PROJECT}/orders,`, `${PROJECT}/or*`, `${PROJECT.toUpperCase()}/orders`])(
  'refuses %s rather than protect nothing',
  (LIFEBOAT_PROTECTED_CLUSTERS) => {
    expect(() => guardPolicyFrom({ LIFEBOAT_PROTECTED_CLUSTERS })).toThrow(
      /LIFEBOAT_PROTECTED_CLUSTERS: ".*" is not/,
    );
  },
);

it('names every wrong entry of both lists', () => {
  const env = { LIFEBOAT_PROTECTED_CLUSTERS: 'a,b', LIFEBOAT_ALLOWED_PROJECTS: 'production' };
  expect(() => guardPolicyFrom(env)).toThrow(/"a" is not.*"b" is not.*"production" is not/);
});
