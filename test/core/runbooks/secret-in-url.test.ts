import { expect, it } from 'vitest';
import { secretParameter } from '../../../core/runbooks/secret-in-url.ts';

it.each(['token', 'Token', 'api_key', 'apiKey', 'access-token', 'sig', 'x.signature', 'code', 'PASSWORD'])(
  'takes a parameter %s for a secret',
  (name) => {
    expect(secretParameter(`https://a.example/hook?channel=7&${name}=x`)).toBe(name);
  },
);

it.each(['channel', 'monkey', 'design', 'author', 'keyboard', 'encoded', 'v'])(
  'takes a parameter %s for none',
  (name) => {
    expect(secretParameter(`https://a.example/token/hook?${name}=x#token`)).toBeUndefined();
  },
);

it('leaves what is no address to others', () => {
  expect(secretParameter('not an address?token=x')).toBeUndefined();
});
