import ms, { type StringValue } from 'ms';
import * as z from 'zod';
import { hiddenIn, PLAIN_LINE, PLAIN_TEXT } from '../visible-text.ts';
import { ownerOfSecretPath, secretParameter } from './secret-in-url.ts';

/**
 * Fields that several parts of a runbook share. A message continues the sentence "<the key> …", for example
 * "source.project is not a project id".
 */

const SECOND = 1000;

/** A duration as a user writes it (`90s`, `30m`, `4h`, `2d`, `1w`), held as seconds. */
export const duration = z
  .string()
  // Exactly what `ms` reads of these units, and nothing that it reads as no number. The lookahead refuses zero. The longest,
  // 9999.999w, is 192 years: added to one another and to any instant, durations still make a date.
  .regex(
    /^(?=.*[1-9])(\d{1,7}(\.\d{1,3})? ?[sm]|\d{1,5}(\.\d{1,3})? ?h|\d{1,4}(\.\d{1,3})? ?[dw])$/,
    'is not a duration: write a number above zero and a unit (s, m, h, d or w), such as 90s, 30m, 4h or 2d',
  )
  .meta({ description: 'A number and a unit: s, m, h, d or w', examples: ['90s', '30m', '4h', '2d'] })
  .transform((text) => ms(text as StringValue) / SECOND);

/** The id of a project; Atlas calls it groupId. */
export const projectId = z
  .string()
  .regex(
    /^[a-f0-9]{24}$/,
    'is not a project id: 24 hexadecimal digits, small letters (Atlas calls it groupId)',
  )
  .meta({ description: 'Project id, 24 hexadecimal digits', examples: ['5e2f1c0a9d3b7a4c8e6f0a01'] });

/** The name of a cluster, without its project. */
export const clusterNamePart = z
  .string()
  .regex(/^[a-zA-Z0-9][a-zA-Z0-9-]*$/, 'is not a cluster name: letters, digits and dashes, no dash first')
  .max(64, 'is longer than a cluster name may be (64 characters)')
  .meta({ description: 'Cluster name as Atlas shows it', examples: ['orders'] });

/** An instant, ISO 8601 with an offset or `Z`. */
export const instant = z.iso.datetime({
  offset: true,
  error: 'is not an instant: write ISO 8601 such as 2026-08-10T03:00:00Z',
});

/** A cluster with its project. */
export const clusterRef = z.strictObject({ project: projectId, cluster: clusterNamePart });

const postable = z
  .string()
  .max(2000)
  .regex(
    /^(https:\/\/|http:\/\/(localhost|127\.0\.0\.1|\[::1\])[:/])[^\s@]+$/,
    'is not an address to post to: it begins with https://, and holds no name, password or space',
  );
const aboutUrl = {
  description: 'An address that begins with https://',
  examples: ['https://ops.example.com/hooks/writes'],
};

/** An address to post to, as a secret may hold it. There is no name or password in it: no header is made of them. */
export const webUrl = postable.meta(aboutUrl);

/** What of an address lets somebody in, to follow the word "url"; undefined when nothing is known to. Nothing of it is quoted. */
function lettingIn(url: string): string | undefined {
  const parameter = secretParameter(url);
  if (parameter !== undefined) return `has a parameter ${parameter}, which looks like a secret`;
  const owner = ownerOfSecretPath(url);
  return owner === undefined ? undefined : `is an address of ${owner} whose path is a secret`;
}

/** An address to post to, as it stands in a runbook, which is kept and shown: so nothing in it may let anybody in. */
export const openUrl = postable
  .refine((url) => lettingIn(url) === undefined, {
    error: ({ input }) =>
      `${lettingIn(String(input)) ?? ''}, and a runbook is kept as it is: put the address into a secret and name that in urlSecret`,
  })
  .meta(aboutUrl);

/** The name of a secret, never the secret itself. */
export const secretName = z
  .string()
  .regex(/^[A-Z][A-Z0-9_]{0,63}$/, 'is not the name of a secret: capital letters, digits and underscores')
  .meta({
    description: 'Name of a secret: an environment variable on one machine, a key of the secret on AWS',
    examples: ['LIFEBOAT_WEBHOOK_SECRET'],
  });

/** Words of a person on one line: no line break, no tab, and nothing that nobody sees. Texts of several lines use {@link plainText}. */
export const plainLine = z.string().regex(PLAIN_LINE, { error: ({ input }) => holds(input, 'hidden') });

/** {@link plainLine} without the spaces and line breaks around it, which YAML leaves behind a folded text. */
export const trimmedLine = z
  .string()
  .trim()
  .regex(PLAIN_LINE, { error: ({ input }) => holds(input, 'hidden') });

/** Words of a person that may have lines: a description, a procedure. */
export const plainText = z.string().regex(PLAIN_TEXT, { error: ({ input }) => holds(input, 'allowed') });

function holds(input: unknown, breaks: 'hidden' | 'allowed'): string {
  const names = hiddenIn(String(input), breaks);
  return `holds ${names.join(', ')}, which ${breaks === 'hidden' ? 'does not belong in one line' : 'nobody sees'}: take it out`;
}
