import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { apiGatewayHandler } from '../../lambdas/runtime/api-gateway.ts';

/** An event as API Gateway makes it, with what matters here. */
function event(changes: Partial<APIGatewayProxyEventV2> = {}, method = 'POST'): APIGatewayProxyEventV2 {
  const requestContext = { domainName: 'api.example.com', http: { method } };
  return {
    rawPath: '/v1/jobs',
    rawQueryString: 'limit=2&status=FAILED',
    headers: { 'content-type': 'application/json', 'idempotency-key': 'one' },
    isBase64Encoded: false,
    requestContext,
    ...changes,
  } as APIGatewayProxyEventV2;
}

/** What the request came to, told by the answer. */
const telling = apiGatewayHandler(async (request) => {
  const { method, url, headers } = request;
  const told = { method, url, key: headers.get('idempotency-key'), body: await request.text() };
  return Response.json(told, { status: 201, headers: { location: '/v1/jobs/1' } });
});

describe('an event of API Gateway', () => {
  it('becomes the request that was sent, and the response what the gateway sends', async () => {
    const result = await telling(event({ body: '{"name":"é"}' }));
    expect(result).toMatchObject({ statusCode: 201, headers: { location: '/v1/jobs/1' } });
    expect(JSON.parse(result.body ?? '')).toEqual({
      method: 'POST',
      url: 'https://api.example.com/v1/jobs?limit=2&status=FAILED',
      key: 'one',
      body: '{"name":"é"}',
    });
  });

  it('may have its body in base64', async () => {
    const body = Buffer.from('{"name":"é"}').toString('base64');
    const result = await telling(event({ body, isBase64Encoded: true }));
    expect(JSON.parse(result.body ?? '')).toMatchObject({ body: '{"name":"é"}' });
  });

  it('may have a body where none belongs, which is left out', async () => {
    const result = await telling(event({ body: 'x' }, 'GET'));
    expect(JSON.parse(result.body ?? '')).toMatchObject({ method: 'GET', body: '' });
  });
});
