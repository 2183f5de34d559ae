import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { App, Tags, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { configFrom } from './context.ts';
import { LifeboatStack } from './lifeboat-stack.ts';

const app = new App();
const cdkJson: unknown = JSON.parse(readFileSync(new URL('../cdk.json', import.meta.url), 'utf8'));
const config = configFrom(app.node.getAllContext() as Record<string, unknown>, cdkJson);
const { CDK_DEFAULT_ACCOUNT: account, CDK_DEFAULT_REGION: region } = process.env;
const stack = new LifeboatStack(app, 'Lifeboat', {
  stackName: `lifeboat-${config.stage}`,
  description: 'Lifeboat restores MongoDB Atlas on purpose, and proves what it achieved',
  config,
  bundles: fileURLToPath(new URL('../dist/lambdas', import.meta.url)),
  env: { ...(account !== undefined && { account }), ...(region !== undefined && { region }) },
});
Tags.of(stack).add('lifeboat:stage', config.stage);
Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
