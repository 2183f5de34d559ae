import fc from 'fast-check';
import { expect, it } from 'vitest';
import { signatureOf } from '../../core/signature.ts';
import { documentedCheck } from '../support/receiver.ts';

const check = await documentedCheck();
const secret = fc.string({ minLength: 1, unit: 'grapheme' });
const body = fc.string({ unit: 'grapheme' });
const seconds = fc.integer({ min: 0, max: 4_000_000_000 });

it('is what another program makes of the same', () => {
  // printf '%s' '1786330800.{"a":"ü"}' | openssl dgst -sha256 -hmac hush
  expect(signatureOf('{"a":"ü"}', 'hush', 1_786_330_800)).toBe(
    't=1786330800,v1=8a1c5074fa0298e96a9a0b02a9f3a37cf1dd3c54fc9c8edd886b1c5002da43ba',
  );
});

it('passes the check in the documentation, for five minutes', () => {
  fc.assert(
    fc.property(body, secret, seconds, fc.integer({ min: -300, max: 300 }), (text, key, at, later) => {
      expect(check(signatureOf(text, key, at), text, key, at + later)).toBe(true);
    }),
  );
});

it('does not pass it for another body, secret or time', () => {
  fc.assert(
    fc.property(body, secret, seconds, fc.string({ minLength: 1 }), (text, key, at, more) => {
      const signature = signatureOf(text, key, at);
      expect(check(signature, text + more, key, at)).toBe(false);
      expect(check(signature, text, `${key}x${more}`, at)).toBe(false);
      expect(check(signature, text, key, at + 301)).toBe(false);
      expect(check(signature.replace(`t=${at}`, `t=${at + 1}`), text, key, at)).toBe(false);
    }),
  );
});

it('is refused when it is no signature', () => {
  fc.assert(
    fc.property(fc.option(fc.string(), { nil: undefined }), (header) => {
      expect(check(header, '', 'hush', 0)).toBe(false);
    }),
  );
});
