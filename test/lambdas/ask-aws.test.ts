import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { askAws, AWS, endpointOf, exchangeWithAws } from '../../lambdas/runtime/ask-aws.ts';
import { machineClock } from '../../lambdas/runtime/machine-clock.ts';

type Answer = (response: ServerResponse, nth: number) => void;

/** A server in place of all of AWS, and the requests that came. */
async function startAws(answer: Answer): Promise<readonly IncomingMessage[]> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    request.resume();
    request.on('end', () => {
      answer(response, requests.length);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return requests;
}

const refuse = (response: ServerResponse, status: number, type: string, message = 'No.') => {
  response
    .writeHead(status)
    .end(JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${type}`, message }));
};

const sleep = vi.spyOn(machineClock, 'sleep');
beforeEach(() => {
  sleep.mockReset().mockResolvedValue(undefined);
  vi.stubEnv('AWS_REGION', 'eu-west-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const ask = () => askAws(AWS.dynamodb, 'GetItem', { TableName: 'table' });

describe('asking AWS', () => {
  it('names the action, signs with what Lambda has put into the environment, and goes on with the trace', async () => {
    vi.stubEnv('AWS_SESSION_TOKEN', 'session');
    vi.stubEnv('_X_AMZN_TRACE_ID', 'Root=1-2-3');
    const requests = await startAws((response) => response.end('{"Item":{}}'));
    expect(await ask()).toEqual({ Item: {} });
    expect(requests[0]?.headers).toMatchObject({
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'DynamoDB_20120810.GetItem',
      'x-amz-security-token': 'session',
      'x-amzn-trace-id': 'Root=1-2-3',
      authorization: expect.stringMatching(
        /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-west-1\/dynamodb\/aws4_request, SignedHeaders=.*x-amz-target/,
      ) as string,
    });
  });

  it('says by the name of the error what AWS refused, and asks no second time', async () => {
    const requests = await startAws((response) => {
      refuse(response, 400, 'ConditionalCheckFailedException', 'The conditional request failed');
    });
    await expect(ask()).rejects.toMatchObject({
      name: 'ConditionalCheckFailedException',
      message: 'The conditional request failed (status 400)',
    });
    expect(requests).toHaveLength(1);
  });

  it.each<[string, Answer]>([
    [
      'is too busy',
      (response) => {
        refuse(response, 400, 'ProvisionedThroughputExceededException');
      },
    ],
    [
      'throttles',
      (response) => {
        refuse(response, 400, 'ThrottlingException');
      },
    ],
    [
      'fails',
      (response) => {
        refuse(response, 500, 'InternalServerError');
      },
    ],
    ['hangs up', (response) => response.destroy()],
  ])('asks again when it %s', async (_, fail) => {
    const requests = await startAws((response, nth) => {
      if (nth < 3) fail(response, nth);
      else response.end('{"done":true}');
    });
    expect(await ask()).toEqual({ done: true });
    expect(requests).toHaveLength(3);
    expect(sleep).toHaveBeenCalledTimes(2);
  });

  it('gives up after four times, and says why', async () => {
    const requests = await startAws((response) => response.destroy());
    await expect(ask()).rejects.toMatchObject({
      name: 'NoAnswer',
      message: expect.stringMatching(/^dynamodb has not answered: /) as string,
    });
    expect(requests).toHaveLength(4);
    const busy = await startAws((response) => {
      refuse(response, 503, 'ServiceUnavailable');
    });
    await expect(ask()).rejects.toMatchObject({ name: 'ServiceUnavailable' });
    expect(busy).toHaveLength(4);
  });

  it('takes what is no JSON for an error without a name', async () => {
    await startAws((response) => response.writeHead(403).end('<html>'));
    await expect(ask()).rejects.toMatchObject({ name: 'UnknownError', message: 'no message (status 403)' });
  });
});

describe('an object in S3', () => {
  it('is signed without its content', async () => {
    const requests = await startAws((response) => response.end('page'));
    const url = `${endpointOf('s3')}/bucket/reports/1.html`;
    const reply = await exchangeWithAws({ service: 's3', method: 'PUT', url, body: 'page' });
    expect(reply).toMatchObject({ status: 200, body: 'page' });
    expect(requests[0]?.headers['x-amz-content-sha256']).toBe('UNSIGNED-PAYLOAD');
    expect(requests[0]?.url).toBe('/bucket/reports/1.html');
  });
});

describe('where a service is', () => {
  it('follows from the region, unless the environment names another place', () => {
    expect(endpointOf('states')).toBe('https://states.eu-west-1.amazonaws.com');
    expect(endpointOf('s3', 'bucket.')).toBe('https://bucket.s3.eu-west-1.amazonaws.com');
    vi.stubEnv('AWS_REGION', 'cn-north-1');
    expect(endpointOf('dynamodb')).toBe('https://dynamodb.cn-north-1.amazonaws.com.cn');
    vi.stubEnv('AWS_ENDPOINT_URL', 'http://127.0.0.1:1');
    vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', 'http://127.0.0.1:2');
    expect([endpointOf('dynamodb'), endpointOf('states')]).toEqual([
      'http://127.0.0.1:2',
      'http://127.0.0.1:1',
    ]);
  });
});
