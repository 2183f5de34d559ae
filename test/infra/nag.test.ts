import { Validations, type App } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { emptyBundles, scheduledRunbooks, stackOf } from './stack.ts';

let bundles: ReturnType<typeof emptyBundles>;
beforeAll(() => (bundles = emptyBundles()));
afterAll(() => {
  bundles.remove();
});

const EVERYTHING = {
  stage: 'test',
  alarmEmail: 'operators@example.com',
  customerKeyArn: 'arn:aws:kms:eu-west-1:111111111111:key/01234567-89ab-cdef-0123-456789abcdef',
  jwt: { issuer: 'https://issuer.example.com', audience: ['lifeboat'] },
};

it.each([
  ['as it is', {}],
  ['with every choice made', EVERYTHING],
])('the stack has no finding of cdk-nag, %s', (_, choices) => {
  const { app } = stackOf(bundles.folder, { ...choices, runbooks: scheduledRunbooks() });
  expect(() => {
    checked(app);
  }).not.toThrow();
});

it('a finding would be told', () => {
  const { app, stack } = stackOf(bundles.folder);
  new Bucket(stack, 'Open');
  expect(() => {
    checked(app);
  }).toThrow('AwsSolutions-S1');
});

function checked(app: App): void {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  app.synth();
}
