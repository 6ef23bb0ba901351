import { describe, expect, test } from 'vitest';
import type { RecordingState } from '../protocol/recordings.ts';
import { after, isFinishing, isLive, type Step } from './states.ts';

const STEPS: readonly Step[] = [
  'start',
  'begin',
  'pause',
  'resume',
  'stop',
  'close',
  'recover',
  'complete',
  'fail',
];

const walk = (state: RecordingState, steps: readonly Step[]): RecordingState =>
  steps.reduce(after, state);

const reachable = (from: RecordingState): Set<RecordingState> => {
  const seen = new Set([from]);
  for (const state of seen) {
    for (const step of STEPS) {
      try {
        seen.add(after(state, step));
      } catch {
        // No such way.
      }
    }
  }
  return seen;
};

describe('the states of a recording', () => {
  test('lead from the request to the files', () => {
    const steps: Step[] = ['start', 'begin', 'pause', 'resume', 'pause', 'stop', 'close'];
    expect(walk('requested', steps)).toBe('finishing');
    expect(walk('finishing', ['complete'])).toBe('ready');
  });

  test('are all reachable, and each of them can end', () => {
    const all = reachable('requested');
    expect(all.size).toBe(9);
    for (const state of all) expect(reachable(state)).toContain('ready');
  });

  test('lead back from any crash', () => {
    const live = [...reachable('requested')].filter(isLive);
    expect(live).toHaveLength(5);
    for (const state of live) expect(walk(state, ['recover', 'complete'])).toBe('ready');
  });

  test('never lead back into a call', () => {
    for (const state of reachable('finishing')) expect(isLive(state)).toBe(false);
    expect([...reachable('ready')]).toEqual(['ready']);
    expect(isFinishing(walk('failed', ['recover']))).toBe(true);
  });

  test.each<[RecordingState, Step]>([
    ['ready', 'stop'],
    ['paused', 'pause'],
    ['recording', 'resume'],
    ['recording', 'complete'],
    ['finishing', 'recover'],
    ['stopping', 'begin'],
  ])('%s cannot %s', (state, step) => {
    expect(() => after(state, step)).toThrow(
      expect.objectContaining({ code: 'wrong_state' }) as Error,
    );
  });
});
