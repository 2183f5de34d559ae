/**
 * How callers of an installation are identified: by names of the operating system, by AWS IAM, or by tokens (JWT).
 */
export type CallerForm = 'names' | 'aws' | 'tokens';

/** What a name on record says about who somebody is. */
export interface Person {
  /** How they signed in. */
  readonly form: CallerForm;
  /** Whether the name identifies one person: of an AWS role, and of a federated session, the caller chooses the name. */
  readonly identified: boolean;
  /** Equal for all names of one person; letter case makes no difference. */
  readonly key: string;
  /** What a list of approvers is compared by. Stricter than `key`, because there a match lets somebody in. */
  readonly listedAs: string;
}

/** Partition, service, account and resource of an ARN of a caller. */
const CALLER_ARN = /^arn:aws[a-z0-9-]*:(iam|sts)::(\d{12}):(.+)$/;

/**
 * The name that IAM Identity Center gives the role of a permission set: the set's name and 16 hexadecimal digits.
 * Source: docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
 */
const PERMISSION_SET_SESSION = /^assumed-role\/AWSReservedSSO_[\w+=,.@-]+_[0-9a-f]{16}\/([\w+=,.@-]+)$/;

/** Issuer (an address without `#`) and subject of a token. */
const TOKEN = /^https?:\/\/[^\s#]+#(.+)$/s;

/** The name under which the subject of a token is on record. */
export function tokenName(issuer: string, subject: string): string {
  return `${issuer}#${subject}`;
}

/**
 * Who somebody is, by the name that is on record.
 *
 * - IAM user: account and user name, whatever the path.
 * - IAM Identity Center: account and session name, whatever the permission set and the partition.
 * - Root user: one per account.
 * - Any other role: account and role name; its sessions are not told apart, and it identifies nobody.
 * - Token: issuer and subject.
 * - Anything else: the name itself.
 */
export function personOf(who: string): Person {
  const name = who.trim();
  if (name.startsWith('arn:')) return awsCaller(name);
  if (TOKEN.test(name)) return { form: 'tokens', identified: true, key: fold(name), listedAs: name };
  return { form: 'names', identified: name !== '', key: fold(name), listedAs: fold(name) };
}

/** Whether two names are of one person. To take two people for one is the smaller mistake. */
export function samePerson(one: string, other: string): boolean {
  return personOf(one).key === personOf(other).key || isSubjectOf(one, other) || isSubjectOf(other, one);
}

/** Whether a list of names has somebody in it who may approve. */
export function isListed(who: string, names: readonly string[]): boolean {
  const { listedAs, identified } = personOf(who);
  return identified && names.some((name) => personOf(name).listedAs === listedAs);
}

/**
 * Why nobody can ever approve under a name, to follow the name's place in a runbook; undefined when somebody can.
 *
 * @param callers how the installation identifies its callers; absent where it is not known.
 */
export function neverApproves(name: string, callers?: CallerForm): string | undefined {
  const { form, identified } = personOf(name);
  if (!identified && form === 'aws') return `identifies nobody who could approve: ${AWS_FORMS}`;
  if (callers === undefined || callers === form) return undefined;
  return `matches nobody who signs in here: ${FORMS[callers]}`;
}

const AWS_FORMS =
  'write the ARN of an IAM user (arn:aws:iam::ACCOUNT:user/NAME), or of a session in IAM Identity Center as jobs show it ' +
  '(arn:aws:sts::ACCOUNT:assumed-role/AWSReservedSSO_SET_DIGITS/NAME)';

const FORMS: Readonly<Record<CallerForm, string>> = {
  names: 'write the name of a user of this machine',
  aws: AWS_FORMS,
  tokens: 'write the issuer and the subject of their tokens, as ISSUER#SUBJECT',
};

function awsCaller(arn: string): Person {
  const [, service, account = '', resource = ''] = CALLER_ARN.exec(arn) ?? [];
  const at = (path: string, name: string, identified: boolean): Person => ({
    form: 'aws',
    identified,
    key: `aws/${account}/${fold(name)}`,
    listedAs: `aws/${account}/${path}/${fold(name)}`,
  });
  const nobody = (name: string) => at('unidentified', `unidentified/${name}`, false);
  if (service === 'iam') {
    if (resource === 'root') return at('root', '(root)', true);
    const user = /^user\/(?:.*\/)?([^/]+)$/.exec(resource)?.[1];
    return user === undefined ? nobody(resource) : at('user', user, true);
  }
  const person = PERMISSION_SET_SESSION.exec(resource)?.[1];
  if (person !== undefined) return at('identity-center', person, true);
  const role = /^assumed-role\/([^/]+)/.exec(resource)?.[1];
  return nobody(role === undefined ? resource || arn : `role/${role}`);
}

/** Earlier versions kept the subject of a token alone: whoever started a job then is the same person now. */
function isSubjectOf(name: string, token: string): boolean {
  const subject = TOKEN.exec(token.trim())?.[1];
  return subject !== undefined && fold(subject) === fold(name);
}

/** Letter case, forms of one letter and outer spaces make no other name. */
function fold(name: string): string {
  return name.normalize('NFKC').trim().toLowerCase();
}
