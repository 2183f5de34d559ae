import validate from 'asl-validator';
import type { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { TASKS } from '../../core/tasks/tasks.ts';
import { resourcesOf } from './stack.ts';

const ARN = 'arn:aws:lambda:eu-west-1:111111111111:function:task';

/** The definition as it is deployed, with an ARN for each function. */
function definitionOf({
  DefinitionString,
  DefinitionSubstitutions,
}: Readonly<Record<string, unknown>>): string {
  let text = DefinitionString as string;
  for (const name of Object.keys(DefinitionSubstitutions as object))
    text = text.replaceAll(`\${${name}}`, ARN);
  return text;
}

/** Tests of the state machines, in a template that is there when they run. */
export function testStateMachines(templateThen: () => Template): void {
  const machines = () => Object.values(resourcesOf(templateThen(), 'AWS::StepFunctions::StateMachine'));

  describe('the state machines', () => {
    it('are valid, with every function put in', () => {
      expect(machines().length).toBeGreaterThanOrEqual(3);
      for (const { Properties } of machines()) {
        const definition = definitionOf(Properties);
        expect(definition).not.toContain('${');
        const result = validate(JSON.parse(definition));
        expect(result.isValid, result.isValid ? '' : result.errorsText('\n')).toBe(true);
      }
    });

    it('are logged in full but for the data, and traced', () => {
      for (const { Properties } of machines()) {
        expect(Properties).toMatchObject({
          StateMachineType: 'STANDARD',
          TracingConfiguration: { Enabled: true },
          LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: false },
        });
      }
    });

    it('may call their own functions and no others', () => {
      const policies = resourcesOf(templateThen(), 'AWS::IAM::Policy');
      for (const { Properties } of machines()) {
        const substitutions = Properties.DefinitionSubstitutions as Record<string, unknown>;
        const role = (Properties.RoleArn as { readonly 'Fn::GetAtt': readonly string[] })['Fn::GetAtt'][0];
        const statements = Object.values(policies)
          .filter((policy) => JSON.stringify(policy.Properties.Roles) === JSON.stringify([{ Ref: role }]))
          .flatMap((policy) => (policy.Properties.PolicyDocument as PolicyDocument).Statement);
        const invoke = statements.filter(({ Action }) => Action === 'lambda:InvokeFunction');
        const allowed = invoke.flatMap(({ Resource }) => Resource).map((one) => JSON.stringify(one));
        const named = Object.entries(substitutions).filter(([name]) => !name.endsWith('Workflow'));
        expect(new Set(allowed)).toEqual(new Set(named.map(([, arn]) => JSON.stringify(arn))));
      }
    });

    it('use every task that there is', () => {
      const used = machines().flatMap(({ Properties }) =>
        Object.keys(Properties.DefinitionSubstitutions as object),
      );
      const tasks = used.filter((name) => !name.endsWith('Workflow'));
      expect(new Set(tasks)).toEqual(new Set(Object.keys(TASKS)));
    });
  });
}

interface PolicyDocument {
  readonly Statement: readonly { readonly Action: unknown; readonly Resource: unknown }[];
}
