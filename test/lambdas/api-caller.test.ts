import { describe, expect, it } from 'vitest';
import { apiCaller } from '../../lambdas/runtime/api-caller.ts';

const iam = (userArn: string) => ({ authorizer: { iam: { userArn, accessKey: 'AKIA' } } });
const jwt = (claims: object) => ({ authorizer: { jwt: { claims, scopes: null } } });

describe('who sent a request', () => {
  it('is nobody when API Gateway does not say', () => {
    for (const context of [undefined, {}, { authorizer: {} }, jwt({}), jwt({ sub: '' }), jwt({ sub: 7 })])
      expect(apiCaller(context, '')).toBeUndefined();
  });

  it('has every scope by IAM, whose policies have had their say', () => {
    const arn = 'arn:aws:iam::111111111111:user/ann';
    expect(apiCaller(iam(arn), '')).toEqual({ who: arn, scopes: ['read', 'operate', 'approve'] });
  });

  it('is the role and not the session, whose name whoever takes the role chooses', () => {
    const session = (name: string) => iam(`arn:aws:sts::111111111111:assumed-role/Operators/${name}`);
    expect(apiCaller(session('one'), '')?.who).toBe(apiCaller(session('two'), '')?.who);
  });

  it('is the session in IAM Identity Center, which is the person', () => {
    const session = (name: string) =>
      iam(`arn:aws:sts::111111111111:assumed-role/AWSReservedSSO_Operators_0123456789abcdef/${name}`);
    expect(apiCaller(session('ann'), '')?.who).not.toBe(apiCaller(session('ben'), '')?.who);
  });

  it('has the scopes of its token, under their prefix and no other', () => {
    const token = jwt({ sub: 'ann', scope: 'lifeboat/read other/approve approve lifeboat/operate' });
    expect(apiCaller(token, 'lifeboat/')).toEqual({ who: 'ann', scopes: ['read', 'operate'] });
    expect(apiCaller(token, '')).toEqual({ who: 'ann', scopes: ['approve'] });
    expect(apiCaller(jwt({ sub: 'ann', scope: ['read'] }), '')).toEqual({ who: 'ann', scopes: [] });
  });
});
