import type { IncomingMessage, ServerResponse } from 'node:http';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { CLIENT_SETTINGS } from '../../lambdas/runtime/aws-client.ts';
import { useAwsServer } from './aws-server.ts';

type Answer = (response: ServerResponse, nth: number) => void;

let client: DynamoDBClient;
let answer: Answer;
let requests: IncomingMessage[] = [];

useAwsServer(
  (request, response) => {
    requests.push(request);
    request.resume();
    request.on('end', () => {
      answer(response, requests.length);
    });
  },
  { AWS_SESSION_TOKEN: 'session' },
);
beforeAll(() => {
  client = new DynamoDBClient(CLIENT_SETTINGS);
});
afterAll(() => {
  client.destroy();
});
beforeEach(() => {
  requests = [];
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** Makes a call, and lets the seconds of its pauses and timeouts go by at once. */
async function ask(): Promise<unknown> {
  const hurry = setInterval(() => {
    vi.advanceTimersByTime(500);
  }, 2);
  try {
    return await client.send(new GetItemCommand({ TableName: 'table', Key: {} }));
  } finally {
    clearInterval(hurry);
  }
}

const refuse = (response: ServerResponse, status: number, type: string, message = 'No.') => {
  response
    .writeHead(status)
    .end(JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${type}`, message }));
};

describe('a client of AWS', () => {
  it('finds region, credentials and endpoint in the environment, and goes on with the trace', async () => {
    vi.stubEnv('AWS_LAMBDA_FUNCTION_NAME', 'function');
    vi.stubEnv('_X_AMZN_TRACE_ID', 'Root=1-2-3');
    answer = (response) => response.end('{"Item":{}}');
    expect(await ask()).toMatchObject({ Item: {} });
    expect(requests[0]?.headers).toMatchObject({
      'x-amz-security-token': 'session',
      'x-amzn-trace-id': 'Root=1-2-3',
      authorization: expect.stringMatching(
        /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-west-1\/dynamodb\/aws4_request/,
      ) as string,
    });
  });

  it('names the error as AWS does, and sends no second request after a refusal', async () => {
    answer = (response) => {
      refuse(response, 400, 'ConditionalCheckFailedException', 'The conditional request failed');
    };
    await expect(ask()).rejects.toMatchObject({
      name: 'ConditionalCheckFailedException',
      message: 'The conditional request failed',
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
    ['does not answer within 10 seconds', () => undefined],
  ])('sends again when AWS %s', async (_, fail) => {
    answer = (response, nth) => {
      if (nth < 3) fail(response, nth);
      else response.end('{"Item":{"done":{"BOOL":true}}}');
    };
    expect(await ask()).toMatchObject({ Item: { done: { BOOL: true } } });
    expect(requests).toHaveLength(3);
  });

  it('gives up after four attempts', async () => {
    answer = (response) => response.destroy();
    await expect(ask()).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(requests).toHaveLength(4);
  });

  it('ends an attempt whose reply trickles for 20 seconds, and sends again', async () => {
    const limits: [number, AbortController][] = [];
    vi.spyOn(AbortSignal, 'timeout').mockImplementation((milliseconds) => {
      const limit = new AbortController();
      limits.push([milliseconds, limit]);
      return limit.signal;
    });
    const { requestHandler } = CLIENT_SETTINGS;
    const handle = requestHandler.handle.bind(requestHandler);
    vi.spyOn(requestHandler, 'handle').mockImplementation(async (...given) => {
      const reply = await handle(...given);
      if (requests.length === 1) setImmediate(() => limits[0]?.[1].abort());
      return reply;
    });
    answer = (response, nth) => {
      if (nth > 1) response.end('{"Item":{}}');
      else response.writeHead(200).write('{');
    };
    expect(await ask()).toMatchObject({ Item: {} });
    expect(requests).toHaveLength(2);
    expect(limits.map(([milliseconds]) => milliseconds)).toEqual([20_000, 20_000]);
  });
});
