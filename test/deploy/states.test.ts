import { describe, expect, it } from 'vitest';
import { parseWorkflow } from '../../workflows/workflow.ts';
import { courseOf, waitsIn } from './states.ts';

const workflow = parseWorkflow(`
StartAt: Look
States:
  Look: { Type: Task, Next: IsThere }
  IsThere: { Type: Choice, Default: Ask }
  WaitToLook: { Type: Wait, SecondsPath: $.waitSeconds, Next: Look }
  Ask: { Type: Task, Next: IsAnswered }
  IsAnswered: { Type: Choice, Default: Done }
  WaitToStart: { Type: Wait, SecondsPath: $.waitSeconds, Next: Look }
  Done: { Type: Succeed }
`);

const course = (names: string) => courseOf(names.split(' '), workflow).join(' ');

describe('the course of an execution', () => {
  it('is the same however often it waited', () => {
    const straight = 'Look IsThere Ask IsAnswered Done';
    expect(course(straight)).toBe(straight);
    expect(course(`Look IsThere WaitToLook ${straight}`)).toBe(straight);
    expect(course(`Look IsThere WaitToLook Look IsThere WaitToLook ${straight}`)).toBe(straight);
    expect(course(`Look IsThere Ask IsAnswered WaitToStart Look IsThere WaitToLook ${straight}`)).toBe(
      straight,
    );
  });

  it('tells loops without a wait, other ways and other ends apart', () => {
    expect(course('Look IsThere Ask Look IsThere Ask Done')).toBe('Look IsThere Ask Look IsThere Ask Done');
    expect(course('Look Ask IsAnswered')).toBe('Look Ask IsAnswered');
  });

  it('leaves out a wait before the first look', () => {
    expect(course('Ask WaitToStart Look IsThere WaitToLook Look IsThere Done')).toBe('Ask Look IsThere Done');
  });

  it('counts waits apart', () => {
    expect(waitsIn(['Look', 'IsThere', 'WaitToLook', 'Look', 'IsThere', 'Ask'], workflow)).toBe(1);
  });
});
