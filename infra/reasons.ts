import { Stack, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import * as z from 'zod';

/** Accepts a finding of cdk-nag on a construct and everything in it, for a reason that stays with the stack. */
export function accept(construct: IConstruct, id: string, reason: string): void {
  Validations.of(construct).acknowledge({ id, reason });
}

/** Accepts that a policy in a construct names a resource with a wildcard, and no other. */
export function acceptWildcard(construct: IConstruct, resource: string, reason: string): void {
  const written = writtenOut(Stack.of(construct).resolve(resource));
  accept(construct, `AwsSolutions-IAM5[Resource::${written}]`, reason);
}

const reference = z.object({ Ref: z.string() });
const attribute = z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) });
const joined = z.object({ 'Fn::Join': z.tuple([z.string(), z.array(z.unknown())]) });

/** A value of the template as cdk-nag names it in its findings. */
function writtenOut(value: unknown): string {
  const asReference = reference.safeParse(value);
  if (asReference.success) return `<${asReference.data.Ref}>`;
  const asAttribute = attribute.safeParse(value);
  if (asAttribute.success) return `<${asAttribute.data['Fn::GetAtt'].join('.')}>`;
  const asJoined = joined.safeParse(value);
  if (!asJoined.success) return String(value);
  const [separator, parts] = asJoined.data['Fn::Join'];
  return parts.map(writtenOut).join(separator);
}
