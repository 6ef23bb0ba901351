import { describe, expect, it } from 'vitest';
import { nextSpeed, playerCommand, type Focus } from './playerKeys.ts';

const press = (key: string, focus: Focus = 'free', letters = true) =>
  playerCommand({ key, ctrlKey: false, metaKey: false, altKey: false }, { focus, letters });

describe('playerCommand', () => {
  it.each([
    [' ', { name: 'toggle' }],
    ['K', { name: 'toggle' }],
    ['j', { name: 'by', ms: -10_000 }],
    ['ArrowRight', { name: 'by', ms: 5_000 }],
    ['>', { name: 'speed', step: 1 }],
    ['7', { name: 'share', of: 0.7 }],
    ['?', { name: 'help' }],
    ['x', null],
    ['constructor', null],
  ])('takes %j for %j', (key, command) => {
    expect(press(key)).toEqual(command);
  });

  it('leaves Space to what it sets off, and all keys to who types', () => {
    expect(press(' ', 'pressing')).toBeNull();
    expect(press('m', 'pressing')).toEqual({ name: 'mute' });
    expect(press('ArrowLeft', 'typing')).toBeNull();
  });

  it('leaves the browser’s own combinations alone', () => {
    const held = { key: 'l', ctrlKey: true, metaKey: false, altKey: false };
    expect(playerCommand(held, { focus: 'free', letters: true })).toBeNull();
  });

  it('keeps what is no letter when letters are off', () => {
    expect(press('m', 'free', false)).toBeNull();
    expect(press('5', 'free', false)).toBeNull();
    expect(press('ArrowLeft', 'free', false)).toEqual({ name: 'by', ms: -5_000 });
  });
});

describe('nextSpeed', () => {
  it('goes step by step and stays at the ends', () => {
    expect(nextSpeed(1, 1)).toBe(1.25);
    expect(nextSpeed(1, -1)).toBe(0.75);
    expect(nextSpeed(2, 1)).toBe(2);
    expect(nextSpeed(0.5, -1)).toBe(0.5);
  });
});
