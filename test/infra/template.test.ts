import { Match, Template } from 'aws-cdk-lib/assertions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { breakGlassRoute } from '../../core/http/routes/break-glass.ts';
import { TABLE_SHAPE } from '../../core/jobs/table/table-shape.ts';
import { policySchema } from '../../core/policy/schema.ts';
import { testStateMachines } from './state-machines.ts';
import { emptyBundles, resourcesOf, stackOf } from './stack.ts';

const KEY = 'arn:aws:kms:eu-west-1:111111111111:key/01234567-89ab-cdef-0123-456789abcdef';

let bundles: ReturnType<typeof emptyBundles>;
let template: Template;
beforeAll(() => {
  bundles = emptyBundles();
  template = Template.fromStack(stackOf(bundles.folder).stack);
}, 120_000);
afterAll(() => {
  bundles.remove();
});

testStateMachines(() => template);

const withChoices = (choices: object) => Template.fromStack(stackOf(bundles.folder, choices).stack);

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

/** What the role of a function may do, by the beginning of the function's logical id. */
function statementsOf(from: Template, id: string): Statement[] {
  const found = Object.entries(resourcesOf(from, 'AWS::Lambda::Function')).find(([name]) =>
    name.startsWith(id),
  );
  const role = (found?.[1].Properties.Role as { readonly 'Fn::GetAtt': readonly string[] })['Fn::GetAtt'][0];
  return Object.values(resourcesOf(from, 'AWS::IAM::Policy'))
    .filter(({ Properties }) => JSON.stringify(Properties.Roles) === JSON.stringify([{ Ref: role }]))
    .flatMap(
      ({ Properties }) => (Properties.PolicyDocument as { readonly Statement: Statement[] }).Statement,
    );
}

const actionsOf = (from: Template, id: string) =>
  statementsOf(from, id)
    .flatMap(({ Action }) => Action)
    .sort();

describe('the history', () => {
  it('has the shape that the embedded table has, and outlives the stack', () => {
    const [table] = Object.values(resourcesOf(template, 'AWS::DynamoDB::GlobalTable'));
    expect(table?.DeletionPolicy).toBe('Retain');
    expect(table?.Properties).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      TimeToLiveSpecification: { AttributeName: TABLE_SHAPE.timeToLiveAttribute, Enabled: true },
      Replicas: [
        {
          DeletionProtectionEnabled: true,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        },
      ],
    });
    const indexes = table?.Properties.GlobalSecondaryIndexes as { readonly IndexName: string }[];
    expect(indexes.map(({ IndexName }) => IndexName)).toEqual(TABLE_SHAPE.indexes.map(({ name }) => name));
  });

  it('is under a key of the customer where there is one, like reports and secrets', () => {
    const own = withChoices({ customerKeyArn: KEY });
    own.hasResourceProperties('AWS::DynamoDB::GlobalTable', { SSESpecification: { SSEType: 'KMS' } });
    own.allResourcesProperties('AWS::SecretsManager::Secret', { KmsKeyId: KEY });
    own.hasResourceProperties('AWS::S3::Bucket', {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: KEY } },
        ],
      },
    });
    const [use] = statementsOf(own, 'TasksOpenJob').filter(({ Resource }) => Resource === KEY);
    expect(use?.Condition).toMatchObject({
      StringEquals: { 'kms:ViaService': expect.any(Array) as unknown },
    });
  });
});

describe('a function', () => {
  it('runs on the newest Node, on arm64, traced, with a log of its own that is kept for a while', () => {
    const functions = Object.values(resourcesOf(template, 'AWS::Lambda::Function'));
    const logs = new Set(functions.map(({ Properties }) => JSON.stringify(Properties.LoggingConfig)));
    expect(logs.size).toBe(functions.length);
    for (const { Properties } of functions) {
      expect(Properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        TracingConfig: { Mode: 'Active' },
      });
    }
    template.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 90 });
  });

  it('of a task that asks nothing of Atlas can read no credentials', () => {
    expect(actionsOf(template, 'TasksWriteReport')).not.toContain('secretsmanager:GetSecretValue');
    const secrets = statementsOf(template, 'TasksCloseJob').filter(({ Action }) =>
      JSON.stringify(Action).includes('secretsmanager'),
    );
    expect(JSON.stringify(secrets)).not.toContain('Atlas');
  });

  it('can delete nothing of the history', () => {
    const policies = JSON.stringify(resourcesOf(template, 'AWS::IAM::Policy'));
    expect(policies).toContain('dynamodb:PutItem');
    for (const action of ['DeleteItem', 'UpdateItem', 'BatchWriteItem', 'DeleteTable', 'dynamodb:*'])
      expect(policies).not.toContain(action);
  });

  it('is never let at everything, but for what knows no resources', () => {
    const policies = Object.values(resourcesOf(template, 'AWS::IAM::Policy'));
    const statements = policies.flatMap(
      ({ Properties }) => (Properties.PolicyDocument as { readonly Statement: Statement[] }).Statement,
    );
    const unbound = statements.filter(({ Resource }) => [Resource].flat().includes('*'));
    expect(new Set(unbound.flatMap(({ Action }) => Action))).toEqual(
      new Set([
        'dynamodb:ListStreams',
        'logs:CreateLogDelivery',
        'logs:DeleteLogDelivery',
        'logs:DescribeLogGroups',
        'logs:DescribeResourcePolicies',
        'logs:GetLogDelivery',
        'logs:ListLogDeliveries',
        'logs:PutResourcePolicy',
        'logs:UpdateLogDelivery',
        'xray:GetSamplingRules',
        'xray:GetSamplingTargets',
        'xray:PutTelemetryRecords',
        'xray:PutTraceSegments',
      ]),
    );
  });
});

describe('the function of the API that reads', () => {
  it('can write nothing, start nothing, and ask nothing of Atlas', () => {
    const actions = new Set(actionsOf(template, 'HttpApiRead'));
    expect([...actions].filter((action) => !/^(dynamodb|s3|logs|xray):/.test(action))).toEqual([]);
    expect([...actions].filter((action) => /Put(Item|Object)|Delete|Update/.test(action))).toEqual([]);
  });

  it('gets every request that looks, and the other one the rest', () => {
    const routes = Object.values(resourcesOf(template, 'AWS::ApiGatewayV2::Route'));
    const reads = routes.filter(({ Properties }) => JSON.stringify(Properties.Target).includes('Reading'));
    expect(reads.map(({ Properties }) => Properties.RouteKey).sort()).toEqual([
      'GET /openapi.json',
      'GET /v1/{proxy+}',
      'HEAD /v1/{proxy+}',
    ]);
  });
});

describe('the policy', () => {
  const policy = { breakGlass: true, approvals: [{ targets: ['*'], within: '1h' }] };
  const told = (choices: object) =>
    Object.entries(resourcesOf(withChoices(choices), 'AWS::Lambda::Function')).map(([id, { Properties }]) => {
      const { Variables = {} } = (Properties.Environment ?? {}) as {
        readonly Variables?: Readonly<Record<string, string>>;
      };
      return [id, Variables.LIFEBOAT_POLICY] as const;
    });

  it('reaches every function that starts or runs jobs as it was written, and reads there as anywhere', () => {
    const given = told({ policy }).filter(([, text]) => text !== undefined);
    for (const [, text = ''] of given) expect(JSON.parse(text)).toEqual(policy);
    const ids = given.map(([id]) => id).join(' ');
    for (const id of ['HttpApiChange', 'Schedule', 'Tasks']) expect(ids).toContain(id);
    const { data } = policySchema.safeParse(JSON.parse(given[0]?.[1] ?? ''));
    expect(data).toMatchObject({ breakGlass: true, approvals: [{ within: 3600 }] });
  });

  it('is none where none is configured', () => {
    expect(new Set(told({}).map(([, text]) => text))).toEqual(new Set([undefined, 'null']));
  });
});

describe('the API', () => {
  it('wants a signature of IAM on every route', () => {
    const routes = Object.values(resourcesOf(template, 'AWS::ApiGatewayV2::Route'));
    expect(routes.map(({ Properties }) => Properties.RouteKey).sort()).toEqual([
      'ANY /v1/{proxy+}',
      'GET /openapi.json',
      'GET /v1/{proxy+}',
      'HEAD /v1/{proxy+}',
      `POST ${breakGlassRoute.path}`,
    ]);
    for (const { Properties } of routes) expect(Properties.AuthorizationType).toBe('AWS_IAM');
  });

  it('wants a token of the issuer on every route where there is one', () => {
    const issuer = 'https://issuer.example.com';
    const own = withChoices({ jwt: { issuer, audience: ['lifeboat'], scopePrefix: 'lifeboat/' } });
    own.allResourcesProperties('AWS::ApiGatewayV2::Route', { AuthorizationType: 'JWT' });
    own.hasResourceProperties('AWS::ApiGatewayV2::Route', {
      RouteKey: `POST ${breakGlassRoute.path}`,
      AuthorizationScopes: [`lifeboat/${breakGlassRoute.scope}`],
    });
    own.hasResourceProperties('AWS::ApiGatewayV2::Authorizer', {
      JwtConfiguration: { Issuer: issuer, Audience: ['lifeboat'] },
    });
    own.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: Match.objectLike({ LIFEBOAT_SCOPE_PREFIX: 'lifeboat/' }) },
    });
  });

  it('is throttled, and logs who asked but no query', () => {
    const [stage] = Object.values(resourcesOf(template, 'AWS::ApiGatewayV2::Stage'));
    expect(stage?.Properties.DefaultRouteSettings).toMatchObject({ ThrottlingRateLimit: 20 });
    const { Format } = stage?.Properties.AccessLogSettings as { readonly Format: string };
    expect(Format).toContain('$context.path');
    expect(Format).not.toMatch(/query|header|authorization"/i);
  });
});

describe('a log that a service of AWS delivers', () => {
  it('is where such deliveries need no entry in the short policy of the account', () => {
    const groups = resourcesOf(template, 'AWS::Logs::LogGroup');
    const stages = Object.values(resourcesOf(template, 'AWS::ApiGatewayV2::Stage'));
    const machines = Object.values(resourcesOf(template, 'AWS::StepFunctions::StateMachine'));
    const settings = [
      ...stages.map(({ Properties }) => Properties.AccessLogSettings),
      ...machines.map(({ Properties }) => Properties.LoggingConfiguration),
    ].map((one) => JSON.stringify(one));
    for (const setting of settings) {
      const used = Object.entries(groups).filter(([id]) => setting.includes(`"${id}"`));
      expect(used.map(([, { Properties }]) => Properties.LogGroupName)).toEqual([
        expect.stringMatching(/^\/aws\/vendedlogs\/(apigateway|states)\/lifeboat-prod-\w+$/),
      ]);
    }
    expect(settings.length).toBeGreaterThanOrEqual(5);
  });
});

describe('in China', () => {
  it('every name and every key is of the services there', () => {
    const key = KEY.replace('arn:aws:', 'arn:aws-cn:').replace('eu-west-1', 'cn-north-1');
    const own = Template.fromStack(stackOf(bundles.folder, { customerKeyArn: key }, 'cn-north-1').stack);
    const all = JSON.stringify(own.toJSON());
    expect(all).toContain('["",["dynamodb.cn-north-1.",{"Ref":"AWS::URLSuffix"}]]');
    expect(all).not.toContain('cn-north-1.amazonaws.com');
    expect(all).not.toMatch(/arn:aws:/);
  });
});

describe('nothing secret', () => {
  it('is in an environment: the functions are told where it is', () => {
    for (const { Properties } of Object.values(resourcesOf(template, 'AWS::Lambda::Function'))) {
      const { Variables } = Properties.Environment as {
        readonly Variables: Readonly<Record<string, unknown>>;
      };
      expect(Object.keys(Variables).filter((name) => /PASSWORD|_KEY|CLIENT_SECRET/.test(name))).toEqual([]);
      expect(JSON.stringify(Variables)).not.toContain('resolve:secretsmanager');
    }
  });
});
