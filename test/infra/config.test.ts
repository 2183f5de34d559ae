import { describe, expect, it } from 'vitest';
import { readConfig } from '../../infra/config.ts';

describe('the choices of an installation', () => {
  it('are all optional', () => {
    expect(readConfig({})).toMatchObject({ stage: 'prod', atlasUrl: 'https://cloud.mongodb.com' });
  });

  it('are refused with every mistake named, so that none protects nothing', () => {
    const wrong = { stage: 'PROD', policy: { protectedClusters: ['orders'] }, protected: [] };
    expect(() => readConfig(wrong)).toThrow(
      /stage[\s\S]*PROJECT\/CLUSTER[\s\S]*protected|protected[\s\S]*stage/,
    );
  });
});
