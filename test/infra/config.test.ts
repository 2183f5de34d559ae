import { describe, expect, it } from 'vitest';
import { readConfig } from '../../infra/config.ts';

describe('the choices of an installation', () => {
  it('are all optional', () => {
    expect(readConfig({})).toMatchObject({ stage: 'prod', atlasUrl: 'https://cloud.mongodb.com' });
  });

  it('take plain http to an emulator on this machine alone', () => {
    const takes = (url: string) => () => readConfig({ atlasUrl: url, jwt: { issuer: url, audience: ['x'] } });
    for (const url of [
      'https://cloud.mongodbgov.com',
      'http://127.0.0.1:8080',
      'http://localhost:1',
      'http://[::1]:1',
    ])
      expect(takes(url)).not.toThrow();
    for (const url of [
      'http://cloud.mongodb.com',
      'HTTP://cloud.mongodb.com',
      'http://127.0.0.1.example.com',
      'http://localhost.example.com',
      'http://localhost@example.com',
      'http://10.0.0.1',
      'http://2130706433.example.com',
      'ftp://127.0.0.1',
      'file:///etc/passwd',
      'cloud.mongodb.com',
    ])
      expect(takes(url), url).toThrow(/atlasUrl[\s\S]*issuer/);
  });

  it('are refused with every mistake named, so that none protects nothing', () => {
    const wrong = { stage: 'PROD', policy: { protectedClusters: ['orders'] }, protected: [] };
    expect(() => readConfig(wrong)).toThrow(
      /stage[\s\S]*PROJECT\/CLUSTER[\s\S]*protected|protected[\s\S]*stage/,
    );
  });
});
