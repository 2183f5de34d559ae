import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

/** What answers requests, handed what the server knows beside them: Hono's `fetch`. */
export type Answering = (request: Request, env: unknown) => Response | Promise<Response>;

/**
 * The handler of an HTTP API in API Gateway (payload 2.0): turns the event into a request, and the response into what the
 * gateway sends. Every answer of ours is text.
 *
 * @param afterwards what is done once there is an answer.
 */
export function apiGatewayHandler(answer: Answering, afterwards: () => void = () => undefined) {
  return async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    try {
      const response = await answer(requestOf(event), { event });
      return {
        statusCode: response.status,
        headers: Object.fromEntries(response.headers),
        body: await response.text(),
      };
    } finally {
      afterwards();
    }
  };
}

function requestOf({ body, headers, isBase64Encoded, ...event }: APIGatewayProxyEventV2): Request {
  const { method } = event.requestContext.http;
  const query = event.rawQueryString === '' ? '' : `?${event.rawQueryString}`;
  const url = `https://${event.requestContext.domainName}${event.rawPath}${query}`;
  const given = Object.entries(headers).filter(
    (header): header is [string, string] => header[1] !== undefined,
  );
  const hasBody = body !== undefined && method !== 'GET' && method !== 'HEAD';
  return new Request(url, {
    method,
    headers: given,
    ...(hasBody && { body: isBase64Encoded ? Buffer.from(body, 'base64') : body }),
  });
}
