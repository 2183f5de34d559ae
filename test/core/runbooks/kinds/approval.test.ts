import { describe, expect, it } from 'vitest';
import { CUTOVER, mistakesOf, withLine } from './writing.ts';

const NOBODY = 'and count asks for 2: nobody could ever give that';

describe('who may approve', () => {
  it('has to be as many people as have to', () => {
    const rule = (line: string) => mistakesOf(withLine(CUTOVER, line));
    expect(rule('approval: { from: [anna, ben], count: 2 }')).toEqual([]);
    expect(rule('approval: { count: 2 }')).toEqual([]);
    expect(rule('approval: { from: [anna], count: 2 }')).toEqual([
      `12:13 approval.from: names 1 who may approve, ${NOBODY}`,
    ]);
  });

  it('counts one person once, however the name is written', () => {
    expect(mistakesOf(withLine(CUTOVER, 'approval: { from: [anna, Anna], count: 2 }'))).toEqual([
      `12:13 approval.from: names 1 who may approve, ${NOBODY}`,
    ]);
  });

  it('holds for steps too', () => {
    const line = 'ready: [{ name: yes, use: approval, with: { prompt: Now?, from: [anna], count: 2 } }]';
    expect(mistakesOf(withLine(CUTOVER, line))).toEqual([
      expect.stringMatching(/^12:\d+ ready\[0\]\.with\.from: names 1 who may approve/),
    ]);
  });
});
