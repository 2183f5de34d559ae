import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redactor } from '../../../core/atlas/redact.ts';
import {
  type Answer,
  API_KEY,
  clientOf,
  CLUSTER,
  json,
  rejection,
  SERVICE_ACCOUNT,
  startServer,
} from './server.ts';

/** All that a person or a log could be shown of an error. */
function everything(error: unknown): string {
  return inspect(error, { depth: 10, showHidden: true, maxStringLength: null }) + JSON.stringify(error);
}

/** A server that repeats what it was sent wherever it can. */
const echo =
  (status: number): Answer =>
  ({ headers }, response) => {
    const said = headers.authorization ?? '';
    const bare = said.replace(/^\w+ /, '');
    const body = {
      errorCode: bare.slice(0, 40),
      detail: `You sent ${said}.`,
      reason: bare,
      parameters: [said, { said }, bare],
    };
    json(response, status, body, { 'x-request-id': bare });
  };

const garbage: Answer = ({ headers }, response) => {
  response.socket?.end(`NOT HTTP ${headers.authorization ?? ''}\r\n\r\n`);
};

const answers: [string, Answer][] = [
  ...[400, 401, 403, 404, 409, 500].map((status): [string, Answer] => [String(status), echo(status)]),
  ['200', echo(200)],
  ['garbage', garbage],
];

describe('no error holds a secret', () => {
  it.each(answers)('when the API echoes it with %s', async (_, answer) => {
    const server = await startServer(answer, (_request, response) => {
      json(response, 200, { access_token: 'eyJ.very.secret-token', expires_in: 3600 });
    });
    const error = await rejection(clientOf(server.baseUrl).clusters.getCluster(CLUSTER));
    expect(everything(error)).not.toContain('eyJ.very.secret-token');
    expect(everything(error)).not.toContain('very.secret');
  });

  it.each(answers)('when the token endpoint echoes it with %s', async (_, answer) => {
    const server = await startServer(() => undefined, answer);
    const error = await rejection(clientOf(server.baseUrl).clusters.getCluster(CLUSTER));
    const basic = Buffer.from(`${SERVICE_ACCOUNT.clientId}:${SERVICE_ACCOUNT.clientSecret}`).toString(
      'base64',
    );
    expect(everything(error)).not.toContain(SERVICE_ACCOUNT.clientSecret);
    expect(everything(error)).not.toContain(basic);
    expect(everything(error)).not.toContain(basic.slice(0, 24));
  });

  it.each(answers)('when the answer to a digest echoes it with %s', async (_, answer) => {
    const server = await startServer((request, response, count) => {
      if (count > 1) answer(request, response, count);
      else json(response, 401, {}, { 'www-authenticate': 'Digest realm="r", nonce="n", qop="auth"' });
    });
    const error = await rejection(
      clientOf(server.baseUrl, { credentials: API_KEY }).clusters.getCluster(CLUSTER),
    );
    const response = /response="([^"]+)"/.exec(server.calls[1]!.headers.authorization ?? '')?.[1];
    expect(response).toBeDefined();
    expect(everything(error)).not.toContain(API_KEY.privateKey);
    // A proof that stands alone is of no use to anyone; the header as a whole must not be shown.
    expect(everything(error)).not.toContain('Digest username=');
  });
});

describe('redactor', () => {
  it('leaves no secret in any text around it', () => {
    const secret = fc
      .string({ minLength: 6, unit: 'grapheme-ascii' })
      .filter((value) => !'[hidden]'.includes(value));
    fc.assert(
      fc.property(
        fc.uniqueArray(secret, { minLength: 1, maxLength: 3 }),
        fc.array(fc.string()),
        (secrets, between) => {
          const redact = redactor(() => secrets);
          const text = between.flatMap((part, index) => [part, secrets[index % secrets.length]!]).join(' ');
          for (const one of secrets) expect(redact(text)).not.toContain(one);
        },
      ),
    );
  });

  it.each([
    ['Bearer eyJhbGciOi.J9', 'Bearer [hidden]'],
    ['sent basic bWRiOnNlY3JldA==.', 'sent basic [hidden]'],
    ['Digest username="a", response="b"', 'Digest [hidden]'],
    ['The Basic support plan has no digest of it.', 'The Basic support plan has no digest of it.'],
    ['two\r\nlines\u0000', 'two lines '],
  ])('makes %j into %j', (text, expected) => {
    expect(redactor(() => [''])(text)).toBe(expected);
  });

  it('ends a text after 500 characters', () => {
    expect(redactor(() => [])('x'.repeat(9000))).toHaveLength(500);
  });
});
