import { Template } from 'aws-cdk-lib/assertions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TABLE_SHAPE } from '../../core/jobs/table/table-shape.ts';
import * as ROWS from '../../core/tasks.ts';
import { NEEDS, type TaskRow } from '../../core/tasks/needs.ts';
import { EVERY_TASK } from '../../scripts/generate/tasks-reference.ts';
import { emptyBundles, resourcesOf, stackOf } from './stack.ts';

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

describe.each(Object.entries<TaskRow>(ROWS))('%s on AWS', (name, { needs }) => {
  it('may do what every task may, and what its row names', () => {
    const granted = functionOf(name).statements.flatMap(({ Action }) => Action);
    const named = needs.flatMap((need) => Object.keys(NEEDS[need].grants));
    expect(new Set(granted)).toEqual(new Set([...Object.keys(EVERY_TASK), ...named]));
  });

  it('is told of the secrets that it may read, and of no others', () => {
    const { environment } = functionOf(name);
    expect('LIFEBOAT_ATLAS_SECRET' in environment).toBe(needs.includes('atlas'));
    expect('LIFEBOAT_ATLAS_URL' in environment).toBe(needs.includes('atlas'));
    expect('LIFEBOAT_OUTBOUND_SECRET' in environment).toBe(needs.includes('outbound'));
  });

  it('lists jobs by every index, or by none', () => {
    const resources = functionOf(name).statements.filter(
      ({ Action, Resource }) =>
        [Action].flat().includes('dynamodb:Query') && JSON.stringify(Resource).includes('/index/'),
    );
    expect(resources).toHaveLength(needs.includes('lists') ? 1 : 0);
    const listed = JSON.stringify(resources);
    if (needs.includes('lists'))
      for (const index of TABLE_SHAPE.indexes) expect(listed).toContain(`/index/${index.name}`);
  });
});
