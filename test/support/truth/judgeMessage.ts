import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Voicemail } from '../../../server/protocol/voicemail.ts';
import type { Somebody } from '../Somebody.ts';
import { decodeAudio } from './decodeAudio.ts';
import { TONES, type Beep, type Heard } from './sound.ts';

/** What was said, and when; times of the process. */
export interface Said {
  readonly n: number;
  /** The zero of the voice's seconds. */
  readonly zeroMs: number;
  /** From the beep on. */
  readonly fromMs: number;
  /** What came after it is not asked for. */
  readonly untilMs: number;
  /** The last moment of which it may have something; absent: soon after `untilMs`. */
  readonly endedMs?: number;
}

export interface JudgedMessage {
  /** Empty: it plays, and everything is in it. */
  readonly faults: readonly string[];
  /** Of the end. */
  readonly lostMs: number;
}

/** Beeps lie this near to where the others say they should. */
const DRIFT_MS = 40;
const BEEP_MS = 100;
/** Of a duration that is told, and one that was decoded. */
const LENGTH_MS = 120;

/** Downloads every file of a message as its owner does, and holds it against what was said. */
export const judgeMessage = async (
  owner: Somebody,
  message: Voicemail,
  said: Said,
): Promise<JudgedMessage> => {
  const folder = mkdtempSync(join(tmpdir(), 'roomtone-message-'));
  const faults: string[] = [];
  try {
    for (const { name, url, sha256 } of message.files) {
      const response = await owner.rest('GET', url.slice('/api/v1'.length));
      const bytes = Buffer.from(await response.arrayBuffer());
      writeFileSync(join(folder, name), bytes);
      const found = createHash('sha256').update(bytes).digest('hex');
      if (!response.ok || found !== sha256) faults.push(`${name} is not what its sum says`);
    }
    const named = (part: string) => message.files.find(({ name }) => name.endsWith(part))?.name;
    const playable = await decodeAudio(join(folder, named('.m4a') ?? 'no playable file'));
    faults.push(...playable.complaints);
    if (Math.abs(playable.endMs - playable.startMs - message.durationMs) > LENGTH_MS) {
      faults.push(`it lasts ${playable.endMs - playable.startMs} ms, not ${message.durationMs}`);
    }
    const track = message.files.find(({ kind }) => kind === 'track')?.name ?? 'no track';
    const heard = await decodeAudio(join(folder, track));
    // A beep that had begun before, or went on after its end, is a noise.
    const beginsMs = heard.sounding[0]?.fromMs ?? 0;
    const noises = heard.noises
      .map(({ fromMs }) => fromMs)
      .filter((ms) => ms > beginsMs + BEEP_MS && ms + BEEP_MS < endMs(heard));
    faults.push(...heard.complaints, ...noises.map((ms) => `noise at ${ms} ms`));
    const { faults: missing, lostMs } = judgeBeeps(heard.beeps, endMs(heard), said);
    return { faults: [...faults, ...missing], lostMs };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const endMs = ({ sounding }: Heard): number => sounding.at(-1)?.toMs ?? 0;

/** Every beep between the first and the last second must be there, once, and nobody else's. */
const judgeBeeps = (
  beeps: readonly Beep[],
  endsMs: number,
  { n, zeroMs, fromMs, untilMs, endedMs = untilMs + 2_000 }: Said,
): JudgedMessage => {
  const faults: string[] = [];
  const secondsIn = (from: number, to: number): number[] => {
    const first = Math.ceil((from - zeroMs) / 1000);
    const last = Math.floor((to - BEEP_MS - zeroMs) / 1000);
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
  };
  // From the recorder's first packet, a little before the end of the beep, to what came in last.
  const possible = secondsIn(fromMs - 2_000, endedMs);
  const heard = new Map<number, number>();
  for (const beep of beeps) {
    const second = possible.find((one) => one % TONES === beep.tone);
    if (beep.n !== n) faults.push(`the voice of ${beep.n} at ${beep.atMs} ms`);
    else if (second === undefined) faults.push(`an unknown second at ${beep.atMs} ms`);
    else if (heard.has(second)) faults.push(`second ${second} twice`);
    else heard.set(second, beep.atMs);
  }
  const zeros = [...heard].map(([second, atMs]) => zeroMs + second * 1000 - atMs);
  const zeroOfFile = zeros.toSorted((a, b) => a - b)[zeros.length >> 1] ?? NaN;
  for (const zero of zeros) {
    if (Math.abs(zero - zeroOfFile) > DRIFT_MS) faults.push(`${zero - zeroOfFile} ms out of step`);
  }
  for (const second of secondsIn(fromMs, untilMs)) {
    if (!heard.has(second)) faults.push(`second ${second} is missing`);
  }
  if (heard.size === 0) return { faults: [...faults, 'nothing is heard'], lostMs: NaN };
  return { faults, lostMs: Math.max(0, untilMs - (zeroOfFile + endsMs)) };
};
