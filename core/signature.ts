import { createHmac } from 'node:crypto';

/**
 * The signature of a message: `t=SECONDS,v1=HEX`, where HEX is the HMAC-SHA-256 of `SECONDS.BODY` under the secret. The time
 * is signed too, so that a message that was overheard is of no use later.
 *
 * @param body the body as it is sent, byte for byte in UTF-8.
 * @param unixSeconds when it is signed, in whole seconds since the UNIX epoch.
 */
export function signatureOf(body: string, secret: string, unixSeconds: number): string {
  const digest = createHmac('sha256', secret).update(`${unixSeconds}.${body}`).digest('hex');
  return `t=${unixSeconds},v1=${digest}`;
}
