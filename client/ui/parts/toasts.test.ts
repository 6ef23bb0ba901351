import { beforeEach, describe, expect, it } from 'vitest';
import { dismissTopic, showToast, toasts } from './toasts.ts';

const shown = () => toasts.value.map(({ text }) => text);

describe('showToast', () => {
  beforeEach(() => {
    toasts.value = [];
  });

  it('shows the same words once, and three at most', () => {
    for (const text of ['a', 'b', 'c', 'b', 'd']) showToast(text);
    expect(shown()).toEqual(['c', 'b', 'd']);
  });

  it('keeps the newest of a topic, until the topic is closed', () => {
    showToast('paused', { topic: 'recording' });
    showToast('other');
    showToast('goes on', { topic: 'recording', kind: 'news' });
    expect(shown()).toEqual(['other', 'goes on']);
    dismissTopic('recording');
    expect(shown()).toEqual(['other']);
  });
});
