import { describe, expect, it } from 'vitest';
import { samePerson } from '../../core/person.ts';
import { apiCaller } from '../../lambdas/runtime/api-caller.ts';

const ISSUER = 'https://id.example.com/';
const iam = (userArn: string) => ({ authorizer: { iam: { userArn, accessKey: 'AKIA' } } });
const jwt = (claims: object) => ({ authorizer: { jwt: { claims, scopes: null } } });
const scopesOf = (claims: object) => apiCaller(jwt({ iss: ISSUER, sub: 'ann', ...claims }), '')?.scopes;

describe('who sent a request', () => {
  it('is nobody when API Gateway does not say', () => {
    const tokens = [
      {},
      { iss: ISSUER },
      { sub: 'ann' },
      { iss: ISSUER, sub: '' },
      { iss: ISSUER, sub: 7 },
      { iss: ISSUER, sub: 'ann\u200b' },
      { iss: ISSUER, sub: 'ann\n' },
      { iss: 'https://id.example.com/\u202e', sub: 'ann' },
      { iss: '', sub: 'ann' },
      { iss: 'https://id.example.com/#x', sub: 'ann' },
      { iss: ['https://id.example.com'], sub: 'ann' },
    ];
    for (const context of [undefined, {}, { authorizer: {} }, ...tokens.map(jwt)])
      expect(apiCaller(context, '')).toBeUndefined();
  });

  it('has every scope by IAM, whose policies have had their say', () => {
    const arn = 'arn:aws:iam::111111111111:user/ann';
    expect(apiCaller(iam(arn), '')).toEqual({
      who: arn,
      scopes: ['read', 'operate', 'approve', 'break-glass'],
    });
  });

  it('is the role and not the session, whose name whoever takes the role chooses', () => {
    const session = (name: string) => iam(`arn:aws:sts::111111111111:assumed-role/Operators/${name}`);
    expect(apiCaller(session('one'), '')?.who).toBe(apiCaller(session('two'), '')?.who);
  });

  it('is the session in IAM Identity Center, which is the person, whatever the permission set', () => {
    const session = (set: string, name: string) =>
      apiCaller(
        iam(`arn:aws:sts::111111111111:assumed-role/AWSReservedSSO_${set}_0123456789abcdef/${name}`),
        '',
      )?.who ?? '';
    expect(samePerson(session('Operator', 'ann'), session('Approver', 'ann'))).toBe(true);
    expect(samePerson(session('Operator', 'ann'), session('Operator', 'ben'))).toBe(false);
  });

  it('is the issuer and the subject of a token', () => {
    expect(apiCaller(jwt({ iss: ISSUER, sub: 'ann' }), '')?.who).toBe('https://id.example.com/#ann');
  });
});

describe('the scopes of a token', () => {
  it('are those under the prefix and no other', () => {
    const token = jwt({
      iss: ISSUER,
      sub: 'ann',
      scope: 'lifeboat/read other/approve approve lifeboat/operate',
    });
    expect(apiCaller(token, 'lifeboat/')?.scopes).toEqual(['read', 'operate']);
    expect(apiCaller(token, '')?.scopes).toEqual(['approve']);
  });

  it.each([
    { scope: 'read approve' },
    { scp: 'read approve' },
    { scope: ['read', 'approve'] },
    { scp: ['read', 'approve'] },
    // As API Gateway hands lists on, and as others do.
    { scope: '[read approve]' },
    { scp: '[read, approve]' },
    { scp: '["read","approve"]' },
    { scope: 'approve', scp: ['read'] },
    { scope: ' read   openid  approve ' },
    { scope: ['read', 7, null, 'approve'] },
  ])('may come as %j', (claims) => {
    expect(scopesOf(claims)).toEqual(['read', 'approve']);
  });

  it('have break-glass only by its own name, which no other implies', () => {
    expect(scopesOf({ scope: 'read operate approve' })).not.toContain('break-glass');
    expect(scopesOf({ scope: 'break-glass' })).toEqual(['break-glass']);
    expect(scopesOf({ scope: 'break glass breakGlass break-glass:* *' })).toEqual([]);
  });

  it.each([
    {},
    { scope: '' },
    { scope: 7 },
    { scope: { read: true } },
    { scope: 'Read READ reads' },
    { scp: [['read']] },
  ])('are none in %j', (claims) => {
    expect(scopesOf(claims)).toEqual([]);
  });
});
