import { describe, expect, it } from 'vitest';
import { configFrom } from '../../infra/context.ts';

const policy = { protectedClusters: ['5e2f1c0a9d3b7a4c8e6f0a02/*'] };
const cdkJson = { app: 'app', context: { lifeboat: { stage: 'prod', policy } } };

/** The context as the CLI of CDK hands it over: text from the command line hides what cdk.json says. */
const withOption = (text: string) => ({ '@aws-cdk/core:checkSecretUsage': true, lifeboat: text });

describe('choices on the command line', () => {
  it('go over those of cdk.json one by one, and leave its policy', () => {
    const config = configFrom(withOption('{"stage":"dev"}'), cdkJson);
    expect(config).toMatchObject({ stage: 'dev', policy });
  });

  it('that are none leave cdk.json as it is', () => {
    expect(configFrom({ lifeboat: cdkJson.context.lifeboat }, cdkJson)).toMatchObject({
      stage: 'prod',
      policy,
    });
    expect(configFrom({}, { app: 'app' })).toMatchObject({ stage: 'prod' });
  });

  it.each(['{"policy":{}}', '{"policy":{"protectedClusters":[]}}', '{"policy":null}'])(
    'cannot change the policy of cdk.json: %s',
    (text) => {
      expect(() => configFrom(withOption(text), cdkJson)).toThrow('policy');
    },
  );

  it('can name a policy where cdk.json has none', () => {
    const text = JSON.stringify({ policy });
    expect(configFrom(withOption(text), { context: { lifeboat: { stage: 'prod' } } })).toMatchObject({
      policy,
    });
  });

  it.each([
    ['lifeboat', 'stage=dev', 'not JSON'],
    ['lifeboat', '["dev"]', 'not an object'],
    ['lifeboat', '{"protected":[]}', 'protected'],
    ['lifeboat.stage', 'dev', 'no key lifeboat.stage'],
  ])('that mean nothing are refused: -c %s=%s', (key, value, told) => {
    expect(() => configFrom({ [key]: value }, cdkJson)).toThrow(told);
  });
});
