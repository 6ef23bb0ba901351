import { describe, expect, it } from 'vitest';
import { shortcutOf } from './shortcuts.ts';

const press = (key: string, more: object = {}) => ({
  key,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  repeat: false,
  ...more,
});
const free = { typing: false, letters: true };

describe('shortcutOf', () => {
  it('knows letters in both cases', () => {
    expect(shortcutOf(press('m'), free)).toBe('m');
    expect(shortcutOf(press('V'), free)).toBe('v');
    expect(shortcutOf(press('?'), free)).toBe('?');
    expect(shortcutOf(press('x'), free)).toBeNull();
  });

  it('takes what starts a recording for no slip of the finger', () => {
    expect(shortcutOf(press('r'), free)).toBeNull();
    expect(shortcutOf(press('R', { shiftKey: true }), free)).toBe('r');
    expect(shortcutOf(press('R', { shiftKey: true }), { typing: true, letters: true })).toBeNull();
  });

  it('leaves the browser’s own combinations and held keys alone', () => {
    expect(shortcutOf(press('s', { ctrlKey: true }), free)).toBeNull();
    expect(shortcutOf(press('m', { repeat: true }), free)).toBeNull();
  });

  it('is off while typing, and when switched off, but for Escape', () => {
    expect(shortcutOf(press('m'), { typing: true, letters: true })).toBeNull();
    expect(shortcutOf(press('m'), { typing: false, letters: false })).toBeNull();
    expect(shortcutOf(press('Escape'), { typing: true, letters: false })).toBe('Escape');
  });
});
