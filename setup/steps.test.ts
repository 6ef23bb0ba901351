import { expect, test } from 'vitest';
import { SetupError } from './SetupError.ts';
import { together } from './steps.ts';

test('several missing packages become one command, other cures stay', () => {
  const all = together([
    new SetupError('No worker.', { cure: 'a', packages: ['cmake', 'g++'] }),
    new SetupError('No ffmpeg.', { cure: 'b', packages: ['ffmpeg'] }),
    new SetupError('No pages.', { cure: 'Mend the pages.' }),
  ]);
  expect(all.message).toBe('No worker.\nNo ffmpeg.\nNo pages.');
  expect(all.cure).toMatch(/^Mend the pages\.\n→ Run: .* cmake g\+\+ ffmpeg$/);
});
