import { equal, ok } from 'node:assert/strict';
import * as z from 'zod';
import { askWithForm } from './aws-calls.ts';
import type { Deployment } from './deployment.ts';
import { until } from './programs.ts';
import type { Progress } from './progress.ts';

const notified = z.looseObject({ AlarmName: z.string(), NewStateValue: z.string() });

/**
 * An alarm reaches people. The emulator computes no metrics from logs, so the alarm is set off by hand, as `aws cloudwatch
 * set-alarm-state` does; and it lets every service publish, so test/infra/alarms.test.ts reads the policies of topic and key.
 */
export async function checkAlarms(
  { ministack, topic, stage }: Deployment,
  progress: Progress,
): Promise<void> {
  const AlarmName = `lifeboat-${stage}-JobFailed`;
  await progress.check('an alarm reaches people by the topic', async () => {
    const told = await askWithForm(ministack, 'monitoring', {
      Action: 'DescribeAlarms',
      'AlarmNames.member.1': AlarmName,
    });
    ok(told.includes(AlarmName), told);
    await askWithForm(ministack, 'monitoring', {
      Action: 'SetAlarmState',
      AlarmName,
      StateValue: 'ALARM',
      StateReason: 'tried by hand',
    });
    const found = await until('the alarm has reached people', 60, async () =>
      (await topic.messages()).map(alarmIn).find((alarm) => alarm?.AlarmName === AlarmName),
    );
    equal(found.NewStateValue, 'ALARM');
  });
}

/** The alarm that a message tells of; undefined for any other message. */
function alarmIn(text: string): z.output<typeof notified> | undefined {
  try {
    return notified.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
