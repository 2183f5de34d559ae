import { describe, expect, it } from 'vitest';
import { parseRunbook } from '../../../../core/runbooks/parse-runbook.ts';
import { NOTICES } from '../../../../core/runbooks/kinds/notify.ts';
import { mistakesOf, PIPELINE } from './writing.ts';

/** The mistakes of a runbook with one channel; the channel begins at 5:10. */
const mistakes = (channel: string) => mistakesOf(`${PIPELINE}notify: [${channel}]\n`);

describe('a channel of notify', () => {
  it('tells of everything unless it says otherwise', () => {
    const { notify } = parseRunbook(`${PIPELINE}notify: [{ slack: { urlSecret: SLACK } }]\n`, 'a.yaml');
    expect(notify).toEqual([{ slack: { urlSecret: 'SLACK' }, on: [...NOTICES] }]);
  });

  it.each([
    [
      '{ webhook: { url: "https://a.example/", urlSecret: HOOK } }',
      '5:12 notify[0].webhook: needs exactly one of url',
    ],
    [
      '{ webhook: { url: "https://a.example/hook?channel=7&access_token=s3cr3t" } }',
      '5:28 notify[0].webhook.url: has a parameter access_token, which looks like a secret, and a runbook is kept as it is: put the address into a secret and name that in urlSecret',
    ],
    ['{ webhook: {} }', '5:12 notify[0].webhook: needs exactly one of url, urlSecret'],
    [
      '{ webhok: { url: "https://a.example/" } }',
      '5:12 notify[0].webhok: is not a key here: did you mean webhook?',
    ],
    [
      '{ webhok: { url: "https://a.example/" }, on: [failed] }',
      '5:12 notify[0].webhok: is not a key here: did you mean webhook?',
    ],
    [
      '{ webhook: { url: "https://a.example/" }, on: [faild] }',
      '5:57 notify[0].on[0]: must be one of started, approvalWanted, objectiveAtRisk, succeeded, failed, cancelled: did you mean failed?',
    ],
    ['{ on: [failed] }', '5:10 notify[0]: needs exactly one of webhook, slack'],
    [
      '{ webhook: { urlSecret: HOOK }, slack: { urlSecret: SLACK } }',
      '5:10 notify[0]: needs exactly one of webhook, slack; here are webhook and slack',
    ],
    ['slack', '5:10 notify[0]: needs exactly one of webhook, slack, as a key below it'],
    ['{ webhook: { url: "http://a.example/" } }', '5:28 notify[0].webhook.url: is not an address to post to'],
    [
      '{ slack: { urlSecret: "https://hooks.example.com/T0" } }',
      '5:32 notify[0].slack.urlSecret: is not the name of',
    ],
  ])('says where it is wrong: %s', (channel, mistake) => {
    expect(mistakes(channel)).toEqual([expect.stringContaining(mistake)]);
  });

  it('never repeats an address that was written where the name of a secret belongs', () => {
    const [mistake] = mistakes('{ slack: { urlSecret: "https://hooks.example.com/T0/secret" } }');
    expect(mistake).not.toContain('hooks.example.com');
  });
});
