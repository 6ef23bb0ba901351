import { describe, expect, test } from 'vitest';
import { newId } from '../protocol/ids.ts';
import type { GreetingKind } from '../protocol/greetings.ts';
import { chooseGreeting, type Greeting } from './Greeting.ts';

const NOW = Date.UTC(2026, 5, 1);
const userId = newId('user');

const greeting = (kind: GreetingKind, more: Partial<Greeting> = {}): Greeting => ({
  userId,
  kind,
  language: null,
  until: kind === 'temporary' ? NOW + 1 : null,
  durationMs: 1_000,
  bytes: 4_000,
  updatedAt: 0,
  ...more,
});
const chosen = (
  greetings: readonly Greeting[],
  asked: Partial<Parameters<typeof chooseGreeting>[1]> = {},
) => {
  const found = chooseGreeting(greetings, {
    reason: 'unavailable',
    language: undefined,
    now: NOW,
    ...asked,
  });
  return found && [found.kind, found.language];
};
const ALL = (['name', 'unavailable', 'busy', 'temporary'] as const).map((kind) => greeting(kind));

describe('chooseGreeting', () => {
  test('takes the temporary one before all others, until it ends', () => {
    expect(chosen(ALL)).toEqual(['temporary', null]);
    expect(chosen(ALL, { reason: 'busy' })).toEqual(['temporary', null]);
    expect(chosen(ALL, { now: NOW + 1 })).toEqual(['unavailable', null]);
    // A clock that is set back brings it back, as it would any other thing with an end.
    expect(chosen(ALL, { now: NOW })).toEqual(['temporary', null]);
  });

  test('has one for who calls while one talks, and else that of every day', () => {
    const lasting = ALL.filter(({ kind }) => kind !== 'temporary');
    expect(chosen(lasting, { reason: 'busy' })).toEqual(['busy', null]);
    expect(chosen(lasting, { reason: 'declined' })).toEqual(['unavailable', null]);
    expect(chosen([greeting('unavailable')], { reason: 'busy' })).toEqual(['unavailable', null]);
    expect(chosen([greeting('busy')])).toBeUndefined();
    expect(chosen([greeting('name'), greeting('busy')])).toEqual(['name', null]);
  });

  test('speaks the language of the caller where it can', () => {
    const both = [greeting('unavailable'), greeting('unavailable', { language: 'de' })];
    expect(chosen(both, { language: 'de' })).toEqual(['unavailable', 'de']);
    expect(chosen(both, { language: 'fr' })).toEqual(['unavailable', null]);
    expect(chosen([greeting('unavailable', { language: 'de' })], { language: 'fr' })).toEqual([
      'unavailable',
      'de',
    ]);
  });

  test('leaves it to us where nobody has said anything', () => {
    expect(chosen([])).toBeUndefined();
    expect(chosen([greeting('temporary', { until: NOW })])).toBeUndefined();
  });
});
