import { SAMPLE_RATE, samplesOf, strengthOf } from './pitch.ts';
import type { Visitor } from './Visitor.ts';

/** A microphone that is silent until its owner sings, and what a file has of the song. */

export interface Note {
  readonly hz: number;
  readonly fromMs: number;
  readonly toMs: number;
}

/** What can be sung: no beep of ours, and none another's overtone. */
const NOTES_HZ = [523, 740, 1245, 1661];
export const NOTE_MS = 900;
export const SONG = [740, 1245, 523];
/** Of another song. */
export const FIRST_TRY = [1661, 1661, 1661];

interface Singer {
  sing: (notesHz: readonly number[], noteMs: number) => Promise<void>;
}

/** To be called before the page is opened; the camera stays what it is. */
export const comesToSing = ({ browser }: Visitor): Promise<unknown> =>
  browser.context.addInitScript(installVoice);

/** Resolves with the end of the last note. */
export const sings = ({ page }: Visitor, notesHz: readonly number[]): Promise<void> =>
  page.evaluate(([notes, ms]) => (globalThis as unknown as Singer).sing(notes, ms), [
    notesHz,
    NOTE_MS,
  ] as const);

/** Runs in the page. */
const installVoice = (): void => {
  const devices = navigator.mediaDevices;
  if (devices === undefined) return;
  const open = devices.getUserMedia.bind(devices);
  let voice: GainNode | undefined;
  devices.getUserMedia = async (constraints) => {
    const stream = await open(constraints);
    for (const track of stream.getAudioTracks()) {
      track.stop();
      stream.removeTrack(track);
      voice ??= new AudioContext().createGain();
      const microphone = (voice.context as AudioContext).createMediaStreamDestination();
      voice.connect(microphone);
      for (const sung of microphone.stream.getAudioTracks()) stream.addTrack(sung);
    }
    return stream;
  };
  const sing: Singer['sing'] = async (notesHz, noteMs) => {
    if (voice === undefined) throw new Error('There is no microphone.');
    const { context } = voice;
    const loudness = context.createGain();
    loudness.connect(voice);
    const note = context.createOscillator();
    note.connect(loudness);
    const startS = context.currentTime + 0.02;
    for (const [i, hz] of notesHz.entries()) {
      note.frequency.setValueAtTime(hz, startS + (i * noteMs) / 1000);
    }
    const endS = startS + (notesHz.length * noteMs) / 1000;
    // Soft edges: a click has every pitch.
    loudness.gain.setValueAtTime(0, startS);
    loudness.gain.linearRampToValueAtTime(0.3, startS + 0.005);
    loudness.gain.setValueAtTime(0.3, endS - 0.005);
    loudness.gain.linearRampToValueAtTime(0, endS);
    const ended = new Promise((resolve) => note.addEventListener('ended', resolve));
    note.start(startS);
    note.stop(endS);
    await ended;
  };
  Object.assign(globalThis, { sing });
};

const WINDOW = SAMPLE_RATE / 50;
const HOP_MS = 5;
/** Of the loudest window: quieter is silence. */
const QUIET = 0.1;

/** Decodes a whole file, which has to be without fault: the notes in it, one after the other. */
export const notesIn = (file: Buffer): Note[] => {
  const samples = samplesOf(file);
  const hop = (SAMPLE_RATE * HOP_MS) / 1000;
  const windows = Array.from({ length: Math.floor((samples.length - WINDOW) / hop) }, (_, i) =>
    strongestOf(samples.subarray(i * hop, i * hop + WINDOW)),
  );
  const loudest = Math.max(...windows.map(({ strength }) => strength));
  const notes: Note[] = [];
  const middleMs = ((WINDOW / SAMPLE_RATE) * 1000) / 2;
  for (const [i, { hz, strength }] of windows.entries()) {
    if (strength < loudest * QUIET) continue;
    const ms = i * HOP_MS + middleMs;
    const last = notes.at(-1);
    if (last?.hz === hz && ms - last.toMs <= 4 * HOP_MS) {
      notes[notes.length - 1] = { ...last, toMs: ms };
    } else notes.push({ hz, fromMs: ms, toMs: ms });
  }
  // Where one note ends and the next begins, the window has something of both.
  return notes.filter(({ fromMs, toMs }) => toMs - fromMs > 2 * middleMs);
};

const strongestOf = (samples: Float32Array): { hz: number; strength: number } =>
  NOTES_HZ.map((hz) => ({ hz, strength: strengthOf(samples, hz) })).reduce((best, one) =>
    one.strength > best.strength ? one : best,
  );
