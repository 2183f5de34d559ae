import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { readConfig, type Config } from './config.ts';

const KEY = 'lifeboat';

const choices = z.record(z.string(), z.unknown());

const cdkJsonSchema = z.looseObject({ context: z.looseObject({ [KEY]: choices.default({}) }).prefault({}) });

/**
 * The choices of an installation: those of cdk.json, with the ones that the command line names put over them, one by one. CDK
 * itself would put `-c lifeboat=…` in the place of all that cdk.json says, a policy included, so cdk.json is read again here.
 *
 * @param context the context as the CDK app has it.
 * @param cdkJson the content of cdk.json.
 * @throws Error for a choice that has a mistake, a key that means nothing, and a command line that changes the policy of cdk.json.
 */
export function configFrom(context: Readonly<Record<string, unknown>>, cdkJson: unknown): Config {
  const strange = Object.keys(context).filter((key) => key.startsWith(KEY) && key !== KEY);
  if (strange.length > 0) {
    throw new Error(
      `The context has no key ${strange.join(', ')}. Name choices in one: -c ${KEY}='{"stage":"dev"}'`,
    );
  }
  const kept = cdkJsonSchema.parse(cdkJson).context[KEY];
  const given = choicesIn(context[KEY]);
  if ('policy' in kept && 'policy' in given && !isDeepStrictEqual(kept.policy, given.policy)) {
    throw new Error(
      `The command line names another policy than cdk.json, which only cdk.json can change: there it is reviewed. Leave "policy" out of -c ${KEY}=…`,
    );
  }
  return readConfig({ ...kept, ...given });
}

/** What the context holds under the key: an object, or JSON text of one, as `-c` gives it. */
function choicesIn(value: unknown): Readonly<Record<string, unknown>> {
  const read = choices.safeParse(typeof value === 'string' ? parsed(value) : (value ?? {}));
  if (read.success) return read.data;
  throw new Error(`The context key "${KEY}" is not an object.`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`The context key "${KEY}" is not JSON.`);
  }
}
