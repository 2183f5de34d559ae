import { readdirSync, readFileSync } from 'node:fs';
import { Template } from 'aws-cdk-lib/assertions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TABLE_SHAPE } from '../../core/jobs/table/table-shape.ts';
import { TASKS } from '../../core/tasks/tasks.ts';
import { emptyBundles, resourcesOf, stackOf } from './stack.ts';

/** The tasks that read or change nothing in Atlas. All others have to be given the way there, in the stack and in their handler. */
const WITHOUT_ATLAS = [
  'AwaitDecision',
  'CloseJob',
  'EndDrill',
  'JudgeCampaign',
  'SendNotices',
  'WriteReport',
];
/** The tasks that list jobs. */
const LISTING = ['VerifyRun'];

const kebab = (name: string) => name.replaceAll(/(?<=.)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
const handlers = new URL('../../lambdas/tasks/', import.meta.url);
const codeOf = (name: string) => readFileSync(new URL(`${kebab(name)}.ts`, handlers), 'utf8');

let bundles: ReturnType<typeof emptyBundles>;
let template: Template;
beforeAll(() => {
  bundles = emptyBundles();
  template = Template.fromStack(stackOf(bundles.folder).stack);
}, 120_000);
afterAll(() => {
  bundles.remove();
});

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

/** The environment of a task's function, and what its role may do. */
function functionOf(name: string): {
  readonly environment: object;
  readonly statements: readonly Statement[];
} {
  const found = Object.entries(resourcesOf(template, 'AWS::Lambda::Function')).find(([id]) =>
    new RegExp(`^Tasks${name}[0-9A-F]{8}$`).test(id),
  );
  const properties = found?.[1].Properties;
  const role = (properties?.Role as { readonly 'Fn::GetAtt': readonly string[] })['Fn::GetAtt'][0];
  const statements = Object.values(resourcesOf(template, 'AWS::IAM::Policy'))
    .filter(({ Properties }) => JSON.stringify(Properties.Roles) === JSON.stringify([{ Ref: role }]))
    .flatMap(
      ({ Properties }) => (Properties.PolicyDocument as { readonly Statement: Statement[] }).Statement,
    );
  return {
    environment: (properties?.Environment as { readonly Variables: object }).Variables,
    statements,
  };
}

describe.each(Object.keys(TASKS))('%s on AWS', (name) => {
  const asks = !WITHOUT_ATLAS.includes(name);

  it(asks ? 'is given the way to Atlas' : 'is given no way to Atlas', () => {
    const { environment } = functionOf(name);
    expect('LIFEBOAT_ATLAS_SECRET' in environment).toBe(asks);
    expect('LIFEBOAT_ATLAS_URL' in environment).toBe(asks);
    expect(codeOf(name).includes('withAtlas')).toBe(asks);
  });

  it(LISTING.includes(name) ? 'may list jobs by every index' : 'may list no jobs', () => {
    const resources = functionOf(name).statements.filter(
      ({ Action, Resource }) =>
        [Action].flat().includes('dynamodb:Query') && JSON.stringify(Resource).includes('/index/'),
    );
    expect(resources).toHaveLength(LISTING.includes(name) ? 1 : 0);
    const listed = JSON.stringify(resources);
    if (LISTING.includes(name))
      for (const index of TABLE_SHAPE.indexes) expect(listed).toContain(`/index/${index.name}`);
  });
});

it('no handler is of a task that is not listed', () => {
  expect(readdirSync(handlers)).toHaveLength(Object.keys(TASKS).length);
});
