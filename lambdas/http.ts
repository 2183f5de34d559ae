import { createApi } from '../core/http/api.ts';
import { apiGatewayHandler } from './runtime/api-gateway.ts';
import { awsHost } from './runtime/http-host.ts';

const api = createApi(awsHost());

/** Answers the HTTP API. */
export const handler = apiGatewayHandler((request, env) => api.fetch(request, env));
