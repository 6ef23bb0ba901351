import { readFile } from 'node:fs/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { newId } from '../../server/protocol/ids.ts';
import { mediaOf, problemOf } from '../../server/voicemail/Message.ts';
import { Stage } from '../support/journalOfStage.ts';
import { clipOf, hearFile } from '../support/soundOf.ts';
import { truthClip } from '../support/truth/clip.ts';

/** The sound of a message: trimmed at both ends and as loud as any other, judged by decoding it. */

let stage: Stage;
afterEach(() => stage.close());

/** What is made of a recording in which this was said. */
const recorded = async (
  expression: string,
  seconds: number,
  { isMessage = true, withPicture = false } = {},
) => {
  stage = await Stage.create(isMessage ? { record: { voicemail: newId('vm') } } : {});
  const participantId = stage.joins('Greta');
  const track = { participantId, name: 'Greta', sent: [[0, seconds * 1000]] as const };
  const clip = await clipOf(expression, seconds);
  await stage.track({ ...track, source: 'microphone', clip });
  if (withPicture) {
    await stage.track({
      ...track,
      source: 'camera',
      clip: await truthClip({ n: 1, codec: 'vp8' }),
    });
  }
  await stage.stop(seconds * 1000);
  const finished = await stage.finish();
  const record = { ...stage.record, ...finished, state: 'ready' as const };
  const ready = { ...record, gaps: [], people: [], files: [...finished.files] };
  return { finished, message: mediaOf(ready), problem: problemOf(ready) };
};
const hear = (name = 'recording.m4a') => hearFile(stage.file(name));

const tone = (level: number, fromS: number, toS: number): string =>
  `${level}*sin(2*PI*440*t)*between(t,${fromS},${toS})`;
const noise = (level: number): string => `${level}*(random(0)-0.5)`;
const AIM_LUFS = -16;

describe('a message', () => {
  test.each([
    ['loud, after digital silence', 0.7, 0],
    ['as usual, in a quiet room', 0.1, 0.001],
    ['of a quiet phone', 0.008, 0.0002],
  ])(
    '%s: begins and ends with what was said, as loud as any other',
    async (_, level, room) => {
      const { finished, message, problem } = await recorded(
        `${tone(level, 1.3, 4.1)}+${noise(room)}`,
        6,
      );
      expect(problem).toBeNull();
      expect(finished.durationMs).toBe(6000);
      const heard = await hear();
      expect(heard.onsetMs).toBeGreaterThan(50);
      expect(heard.onsetMs).toBeLessThan(250);
      expect(Math.abs(heard.endMs - heard.onsetMs - 2800)).toBeLessThan(60);
      expect(heard.durationMs - heard.endMs).toBeGreaterThan(50);
      expect(heard.durationMs - heard.endMs).toBeLessThan(250);
      expect(Math.abs(heard.lufs - AIM_LUFS)).toBeLessThan(1.5);
      expect(heard.peakDbfs).toBeLessThan(-0.2);
      expect(Math.abs(message.durationMs - heard.durationMs)).toBeLessThan(60);
      const other = await hear('recording.mp3');
      expect(Math.abs(other.lufs - AIM_LUFS)).toBeLessThan(1.5);
      const peaks = JSON.parse(await readFile(stage.file('peaks.json'), 'utf8'));
      expect(Math.abs(peaks.length * 50 - heard.durationMs)).toBeLessThan(100);
    },
    60_000,
  );

  test('keeps the silence in its middle', async () => {
    const said = `${tone(0.1, 1, 2.5)}+${tone(0.05, 5, 6.5)}+${noise(0.0005)}`;
    await recorded(said, 8);
    const heard = await hear();
    expect(heard.pauses).toHaveLength(1);
    expect(Math.abs(heard.pauses[0]! - 2500)).toBeLessThan(60);
    expect(Math.abs(heard.durationMs - 5800)).toBeLessThan(120);
  }, 60_000);

  test('of whispering above a hum is all there', async () => {
    const whisper = `${noise(0.03)}*between(t,1,4)*(0.6+0.4*sin(2*PI*3*t))`;
    const { message, problem } = await recorded(`${whisper}+0.02*sin(2*PI*50*t)`, 5);
    expect(problem).toBeNull();
    expect(message.durationMs).toBeGreaterThan(2_900);
    // It was not cut into.
    expect((await hear()).durationMs).toBeGreaterThan(2_900);
  }, 60_000);

  test('whose peaks stand out does not clip', async () => {
    const drum = `0.9*sin(2*PI*300*t)*exp(-15*mod(t,0.5))*between(t,0.5,4)`;
    await recorded(drum, 5);
    const heard = await hear();
    expect(heard.peakDbfs).toBeLessThan(-0.5);
    expect(Math.abs(heard.lufs - AIM_LUFS)).toBeLessThan(1.5);
  }, 60_000);

  test('in which nothing was said is none, and neither is a word in a long silence', async () => {
    const { problem } = await recorded(noise(0.0005), 4);
    expect(problem).toBe('silent');
    await stage.close();
    const word = await recorded(`${tone(0.1, 1, 1.6)}+${noise(0.0005)}`, 5);
    expect(word.problem).toBe('tooShort');
  }, 60_000);

  test('that can be seen is as long as its picture, and never silent', async () => {
    const { message, problem } = await recorded(noise(0.0005), 4, { withPicture: true });
    expect(problem).toBeNull();
    expect(message.durationMs).toBe(4000);
  }, 60_000);
});

test('a recording that is no message stays as it was, to its last moment and as quiet', async () => {
  const { finished } = await recorded(tone(0.01, 1.3, 4.1), 6, { isMessage: false });
  const heard = await hear();
  expect(Math.abs(heard.onsetMs - 1300)).toBeLessThan(40);
  expect(Math.abs(heard.durationMs - 6000)).toBeLessThan(60);
  expect(heard.lufs).toBeLessThan(-40);
  expect(finished.files.find(({ name }) => name === 'recording.m4a')?.durationMs).toBe(6000);
}, 60_000);
