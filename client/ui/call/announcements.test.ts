import { describe, expect, it } from 'vitest';
import { describeArrival, describeChanges, PresenceLog } from './announcements.ts';

const people = (...names: string[]) => names.map((name) => ({ id: `part_${name}`, name }));

const setUp = () => {
  const said: string[] = [];
  let due: (() => void) | null = null;
  const log = new PresenceLog({
    say: (words) => said.push(words),
    schedule: (run) => {
      due = run;
      return () => {
        due = null;
      };
    },
  });
  const windowEnds = () => {
    const run = due;
    due = null;
    run?.();
  };
  return { said, log, windowEnds, isDue: () => due !== null };
};

describe('the words', () => {
  it('names a few and counts the rest', () => {
    expect(describeChanges(['Ana'], [])).toBe('Ana joined.');
    expect(describeChanges(['Ana', 'Ben'], ['Cem'])).toBe('Ana and Ben joined. Cem left.');
    expect(describeChanges(['A', 'B', 'C', 'D', 'E'], [])).toBe('A, B and 3 others joined.');
    expect(describeArrival([], 'the room')).toMatch(/Nobody else/);
    expect(describeArrival(['Ana', 'Ben', 'Cem'], 'the room')).toBe(
      'You are in the room with Ana, Ben and Cem.',
    );
  });
});

describe('PresenceLog', () => {
  it('tells a window’s changes in one sentence', () => {
    const { said, log, windowEnds } = setUp();
    log.update(people('Ana'));
    log.update(people('Ana', 'Ben'));
    log.update(people('Ben', 'Cem'));
    windowEnds();
    expect(said).toEqual(['You are in the room with Ana.', 'Ben and Cem joined. Ana left.']);
  });

  it('does not mention who came and went, nor a reconnection', () => {
    const { said, log, windowEnds } = setUp();
    log.update(people('Ana'));
    log.update(people());
    log.update(people('Ana', 'Ben'));
    log.update(people('Ana'));
    windowEnds();
    expect(said).toHaveLength(1);
  });

  it('does not mention who is back under another id', () => {
    const { said, log, windowEnds } = setUp();
    log.update([{ id: 'part_1', name: 'Ana' }]);
    log.update([
      { id: 'part_2', name: 'Ana' },
      { id: 'part_3', name: 'Ana' },
    ]);
    windowEnds();
    expect(said.at(-1)).toBe('Ana joined.');
  });

  it('tells the later window apart, and nothing after closing', () => {
    const { said, log, windowEnds, isDue } = setUp();
    log.update(people());
    windowEnds();
    log.update(people('Ana'));
    windowEnds();
    expect(said.at(-1)).toBe('Ana joined.');
    log.update(people());
    log.close();
    expect(isDue()).toBe(false);
  });
});
