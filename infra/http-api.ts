import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  HttpApi as Api,
  HttpMethod,
  HttpStage,
  LogGroupLogDestination,
  type AddRoutesOptions,
  type IHttpRouteAuthorizer,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer, HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { EnvironmentOf } from '../lambdas/runtime/environment.ts';
import { callersOf, type Config } from './config.ts';
import { bundleWithRunbooks, type RunbookFolder } from './function-code.ts';
import { addFunction, give, type FunctionDefaults } from './functions.ts';
import type { History } from './history.ts';
import { vendedLogName } from './names.ts';
import type { Reports } from './reports.ts';
import type { Secrets } from './secrets.ts';
import type { Workflows } from './workflows.ts';

/** What the API answers with. */
export interface HttpApiSettings extends FunctionDefaults {
  readonly config: Config;
  readonly bundles: string;
  readonly folder: RunbookFolder | undefined;
  readonly environment: Readonly<Record<string, string>>;
  readonly history: History;
  readonly reports: Reports;
  readonly secrets: Secrets;
  readonly workflows: Workflows;
}

/** The HTTP API. Nobody gets past API Gateway without a signature of IAM, or a token where an issuer is configured. */
export class HttpApi extends Construct {
  readonly api: Api;

  constructor(scope: Construct, id: string, settings: HttpApiSettings) {
    super(scope, id);
    this.api = new Api(this, 'Api', {
      apiName: `lifeboat-${settings.config.stage}`,
      createDefaultStage: false,
    });
    this.#addStage(settings.config);
    const reading = new HttpLambdaIntegration('Reading', this.#addReader(settings));
    const changing = new HttpLambdaIntegration('Changing', this.#addChanger(settings));
    const authorizer = authorizerOf(settings.config);
    const look = [HttpMethod.GET, HttpMethod.HEAD];
    // API Gateway takes the route that says more.
    const routes: readonly Omit<AddRoutesOptions, 'authorizer'>[] = [
      { ...BREAK_GLASS, ...scopesOf(settings.config), methods: [HttpMethod.POST], integration: changing },
      { path: '/openapi.json', methods: [HttpMethod.GET], integration: reading },
      { path: '/v1/{proxy+}', methods: look, integration: reading },
      { path: '/v1/{proxy+}', methods: [HttpMethod.ANY], integration: changing },
    ];
    for (const route of routes) this.api.addRoutes({ ...route, authorizer });
  }

  /** Whatever is wrong with reading, it changes nothing: its role lets it not. */
  #addReader(settings: HttpApiSettings): Function {
    const handler = this.#addHandler('Read', 'http-read', 'that only look', settings);
    settings.history.letRead(handler);
    settings.reports.letRead(handler);
    return handler;
  }

  #addChanger(settings: HttpApiSettings): Function {
    const { history, secrets, workflows } = settings;
    const handler = this.#addHandler('Change', 'http-change', 'that start, plan and decide', settings);
    history.letWrite(handler);
    secrets.letAskAtlas(handler);
    secrets.letPost(handler);
    workflows.letStart(handler);
    workflows.letWake('WakeByHttp', handler);
    return handler;
  }

  #addHandler(id: string, name: string, which: string, settings: HttpApiSettings): Function {
    const { bundles, config, environment, folder } = settings;
    const handler = addFunction(this, id, {
      config,
      code: bundleWithRunbooks(bundles, name, folder),
      description: `Lifeboat: answers the requests to the HTTP API ${which}`,
      // API Gateway gives up after 30 seconds.
      timeout: Duration.seconds(29),
      failures: { seenBy: 'API Gateway waits for it, and its caller is told' },
    });
    const scopes: EnvironmentOf<'scopes'> = {
      LIFEBOAT_SCOPE_PREFIX: config.jwt?.scopePrefix ?? '',
      LIFEBOAT_CALLERS: callersOf(config),
    };
    give(handler, { ...environment, ...scopes });
    return handler;
  }

  #addStage(config: Config): void {
    const log = new LogGroup(this, 'AccessLog', {
      logGroupName: vendedLogName('apigateway', config.stage, 'access'),
      retention: config.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: 20, burstLimit: 40 },
      accessLogSettings: { destination: new LogGroupLogDestination(log), format: ACCESS_LOG },
    });
  }
}

/** Who asked for what, and what was answered; no query, no header and no body. */
const ACCESS_LOG = AccessLogFormat.custom(
  JSON.stringify({
    requestId: '$context.requestId',
    time: '$context.requestTime',
    ip: '$context.identity.sourceIp',
    caller: '$context.identity.userArn',
    subject: '$context.authorizer.claims.sub',
    method: '$context.httpMethod',
    path: '$context.path',
    status: '$context.status',
    error: '$context.error.message',
    milliseconds: '$context.responseLatency',
  }),
);

/** A route of its own: a token without the scope gets no further than API Gateway, and IAM can grant the path apart from others. */
const BREAK_GLASS = { path: '/v1/break-glass' };

function scopesOf({ jwt }: Config): Pick<AddRoutesOptions, 'authorizationScopes'> {
  return jwt === undefined ? {} : { authorizationScopes: [`${jwt.scopePrefix}break-glass`] };
}

function authorizerOf({ jwt }: Config): IHttpRouteAuthorizer {
  if (jwt === undefined) return new HttpIamAuthorizer();
  return new HttpJwtAuthorizer('Jwt', jwt.issuer, { jwtAudience: jwt.audience });
}
