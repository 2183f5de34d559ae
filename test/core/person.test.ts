import { describe, expect, it } from 'vitest';
import { isListed, neverApproves, personOf, samePerson, tokenName } from '../../core/person.ts';

const permissionSet = (set: string, name: string, partition = 'aws', account = '111111111111') =>
  `arn:${partition}:sts::${account}:assumed-role/AWSReservedSSO_${set}_0123456789abcdef/${name}`;
const session = (role: string, name: string) => `arn:aws:sts::111111111111:assumed-role/${role}/${name}`;
const user = (path: string) => `arn:aws:iam::111111111111:user/${path}`;

describe('the same person', () => {
  it.each([
    ['two permission sets', permissionSet('Operator', 'bob'), permissionSet('Approver', 'bob')],
    ['two digests of one set', permissionSet('A', 'bob'), permissionSet('A', 'bob').replace('0123', 'fedc')],
    ['another letter case', permissionSet('A', 'bob@example.com'), permissionSet('B', 'Bob@Example.com')],
    ['names of sets with underlines', permissionSet('Op_er_ator', 'bob'), permissionSet('A.b-c', 'bob')],
    ['another partition', permissionSet('A', 'bob'), permissionSet('B', 'bob', 'aws-cn')],
    [
      'partitions of governments',
      permissionSet('A', 'bob', 'aws-us-gov'),
      permissionSet('B', 'bob', 'aws-cn'),
    ],
    ['an IAM user and a person of that name', user('bob'), permissionSet('Approver', 'bob')],
    ['a user whose path has changed', user('bob'), user('teams/db/Bob')],
    ['two sessions of a role', session('Operators', 'one'), session('Operators', 'two')],
    [
      'a role, with and without its session',
      session('Operators', 'one'),
      session('Operators', '').slice(0, -1),
    ],
    ['the root user', 'arn:aws:iam::111111111111:root', 'arn:aws:iam::111111111111:root'],
    ['letter case on one machine', 'olga', ' OLGA '],
    ['full-width letters', 'olga', 'ｏｌｇａ'],
    ['a token', 'https://id.example.com#ann', 'https://id.example.com#Ann'],
    ['the subject that earlier versions kept', 'ann', 'https://id.example.com#ann'],
  ])('%s', (_what, one, other) => {
    expect(samePerson(one, other)).toBe(true);
    expect(samePerson(other, one)).toBe(true);
  });

  it.each([
    ['other names', permissionSet('A', 'bob'), permissionSet('A', 'ben')],
    ['other accounts', permissionSet('A', 'bob'), permissionSet('A', 'bob', 'aws', '222222222222')],
    ['the root user and a user named root', 'arn:aws:iam::111111111111:root', user('root')],
    ['a role and a user of its name', session('bob', 'x'), user('bob')],
    ['other issuers', 'https://one.example.com#ann', 'https://two.example.com#ann'],
    ['other subjects', 'https://id.example.com#ann', 'https://id.example.com#ben'],
  ])('not %s', (_what, one, other) => {
    expect(samePerson(one, other)).toBe(false);
  });
});

describe('a name that identifies nobody', () => {
  it.each([
    session('Operators', 'bob'),
    'arn:aws:sts::111111111111:assumed-role/Operators',
    'arn:aws:sts::111111111111:federated-user/bob',
    'arn:aws:iam::111111111111:role/Operators',
    // Not what Identity Center makes: its roles end in 16 hexadecimal digits.
    session('AWSReservedSSO_Operator', 'bob'),
    session('AWSReservedSSO_Operator_0123456789abcde', 'bob'),
    session('AWSReservedSSO_Operator_0123456789ABCDEF', 'bob'),
    session('xAWSReservedSSO_Operator_0123456789abcdef', 'bob'),
    permissionSet('Operator', 'bob/ann'),
    'arn:aws:iam::111111111111:group/approvers',
    'arn:aws:iam::1:user/bob',
    'arn:',
    '',
    '  ',
  ])('%s', (who) => {
    expect(personOf(who).identified).toBe(false);
    expect(isListed(who, [who])).toBe(false);
  });
});

describe('a list of approvers', () => {
  it('names a person of Identity Center by any of their permission sets', () => {
    expect(isListed(permissionSet('Approver', 'bob'), [permissionSet('Operator', 'bob')])).toBe(true);
    expect(isListed(permissionSet('Approver', 'bob'), [user('bob')])).toBe(false);
  });

  it('takes a subject to the letter: issuers may let people choose one that differs in case alone', () => {
    const list = [tokenName('https://id.example.com', 'ann')];
    expect(isListed('https://id.example.com#ann', list)).toBe(true);
    expect(isListed('https://id.example.com#Ann', list)).toBe(false);
    expect(isListed('https://id.example.com#ann', ['ann'])).toBe(false);
    expect(isListed('ann', list)).toBe(false);
  });

  it.each([
    [session('Approvers', 'bob'), undefined],
    ['arn:aws:sts::111111111111:federated-user/bob', undefined],
    ['arn:aws:iam::111111111111:role/Approvers', undefined],
    ['bob', 'aws'],
    ['bob', 'tokens'],
    [user('bob'), 'tokens'],
    ['https://id.example.com#bob', 'aws'],
  ] as const)('is wrong with %s where callers are %s', (name, callers) => {
    expect(neverApproves(name, callers)).toMatch(/write the (ARN|issuer)/);
  });

  it.each([
    ['bob', undefined],
    ['bob', 'names'],
    [user('bob'), undefined],
    [user('bob'), 'aws'],
    [permissionSet('Approver', 'bob'), 'aws'],
    ['https://id.example.com#auth0|bob', 'tokens'],
  ] as const)('is right with %s where callers are %s', (name, callers) => {
    expect(neverApproves(name, callers)).toBeUndefined();
  });
});
