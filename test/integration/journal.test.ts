import { execFile, fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FakeClock } from '../../server/base/FakeClock.ts';
import { DiskTape } from '../../server/media/journal/DiskTape.ts';
import { readEvents } from '../../server/media/journal/readEvents.ts';
import { listTracks } from '../../server/media/journal/readJournal.ts';
import { readSegment, readSegmentHeader } from '../../server/media/journal/readSegment.ts';
import { SyncGate } from '../../server/media/journal/SyncGate.ts';
import { newId } from '../../server/protocol/ids.ts';
import type { Tape, TapeEvents, TimedEvent } from '../../server/recordings/Tape.ts';
import { entriesOf, numbersOf, rtpPacket, trackInfo } from '../support/journalEntries.ts';
import { JournalFolder } from '../support/JournalFolder.ts';
import { silentLogger } from '../support/mediaWorker.ts';
import { waitFor, within } from '../support/waitFor.ts';

const run = promisify(execFile);

let place: JournalFolder;
let tape: Tape;

beforeEach(async () => {
  place = await JournalFolder.create();
});
afterEach(async () => {
  await tape.close();
  await place.remove();
});

const numbers = (count: number, from = 0): number[] =>
  Array.from({ length: count }, (_, index) => from + index);

/** Of a long list that should count from 0. */
const firstWrong = (list: readonly number[]): number | undefined =>
  list.find((number, index) => number !== index);

const next = <E extends keyof TapeEvents>(event: E): Promise<TapeEvents[E]> =>
  within(5000, event, once(tape, event) as Promise<TapeEvents[E]>);

describe('a tape', () => {
  test('is readable while it runs, and says what is on disk', async () => {
    tape = await place.open();
    const track = trackInfo();
    const journal = tape.journal(track);
    for (const number of numbers(50)) journal.packet(rtpPacket(number), number);
    journal.senderReport({ rtpTimestamp: 0xfffffff0, ntpMs: 1234.5678 }, 50);
    const handedInMs = place.now();
    expect(tape.onDiskMs).toBe(0);

    // Long before the first sync.
    const entries = await waitFor(
      'all is in the file',
      () => entriesOf(place.track(track.trackId)),
      ({ length }) => length === 51,
      { timeoutMs: 500, everyMs: 10 },
    );
    expect(entries.at(-1)).toEqual({
      type: 'senderReport',
      rtpTimestamp: 0xfffffff0,
      ntpMs: 1234.5678,
      atMs: 50,
    });
    expect(entries[7]).toMatchObject({ type: 'packet', atMs: 7, rtp: rtpPacket(7) });

    const [onDiskMs] = await next('synced');
    expect(onDiskMs).toBe(tape.onDiskMs);
    expect(onDiskMs).toBeGreaterThan(handedInMs);
    expect(onDiskMs).toBeLessThan(place.now());
    expect(tape.bytes).toBeGreaterThan(50 * 112);

    expect(await listTracks(place.folder)).toEqual([
      { folder: place.track(track.trackId), info: track, bytes: tape.bytes, beginsMs: 0 },
    ]);
  });

  test('begins a new segment in time; each is whole and closed', async () => {
    tape = await place.open({ segmentMs: 1000 });
    const track = trackInfo();
    const journal = tape.journal(track);
    for (const number of numbers(250)) journal.packet(rtpPacket(number), 100 + number * 10);
    journal.close();
    journal.packet(rtpPacket(9999), 2700);
    await tape.close();

    const folder = place.track(track.trackId);
    const segments = (await readdir(folder)).toSorted();
    expect(segments).toEqual(['seg-000.rtpj', 'seg-001.rtpj', 'seg-002.rtpj']);
    expect(await numbersOf(folder)).toEqual(numbers(250));
    for (const [index, name] of segments.entries()) {
      const path = join(folder, name);
      expect(await readSegmentHeader(path)).toMatchObject({
        recordingId: place.recordingId,
        segment: index,
        baseMs: 100 + index * 1000,
        track: { trackId: track.trackId },
        ssrc: track.rtpParameters.encodings![0]!.ssrc,
        clockRate: 48_000,
      });
      const reader = readSegment(path);
      let step = await reader.next();
      while (step.done !== true) step = await reader.next();
      expect(step.value).toMatchObject({ clean: true, tornBytes: 0 });
    }
  });

  test('keeps a track that is taken up again apart, and loses a segment without a header', async () => {
    tape = await place.open({ segmentMs: 10 });
    const track = trackInfo('video');
    const first = tape.journal(track);
    for (const number of numbers(4)) first.packet(rtpPacket(number), number * 10);
    first.close();
    tape.journal({ ...track, participantName: 'Bob' }).packet(rtpPacket(7), 100);
    await tape.close();

    const again = `${place.track(track.trackId)}.2`;
    expect(await numbersOf(again)).toEqual([7]);
    await writeFile(join(place.track(track.trackId), 'seg-000.rtpj'), 'gone');
    const tracks = await listTracks(place.folder);
    expect(tracks.map(({ folder, beginsMs }) => [folder, beginsMs])).toEqual([
      [place.track(track.trackId), 10],
      [again, 100],
    ]);
    expect(tracks[1]!.info.participantName).toBe('Bob');
    expect(await entriesOf(place.track(track.trackId))).toMatchObject([
      { type: 'break', lostBytes: 4 },
      { type: 'packet', rtp: rtpPacket(1) },
      { type: 'packet', rtp: rtpPacket(2) },
      { type: 'packet', rtp: rtpPacket(3) },
    ]);
  });

  test('keeps what happened', async () => {
    tape = await place.open();
    const participantId = newId('part');
    const events: TimedEvent[] = [
      { type: 'joined', participantId, name: 'Zoë\n🎙', atMs: 1 },
      { type: 'speaker', participantId: null, atMs: 2.5 },
      { type: 'stopped', reason: 'disk', atMs: 3 },
    ];
    for (const event of events) tape.note(event);
    await next('synced');
    const path = join(place.folder, 'events.ndjson');
    await appendFile(path, '{"type":"unheardOf","atMs":4}\n{"type":"left"}\n{"type":"pau');
    const read: TimedEvent[] = [];
    for await (const event of readEvents(place.folder)) read.push(event);
    expect(read).toEqual(events);
    await rm(path);
    for await (const event of readEvents(place.folder)) read.push(event);
    expect(read).toEqual(events);
  });

  test('closed, it takes nothing more', async () => {
    tape = await place.open();
    const track = trackInfo();
    const journal = tape.journal(track);
    journal.packet(rtpPacket(1), 1);
    await Promise.all([tape.close(), tape.close()]);
    const { bytes } = tape;
    journal.packet(rtpPacket(2), 2);
    tape.note({ type: 'paused', atMs: 2 });
    tape.journal(trackInfo()).packet(rtpPacket(3), 3);
    await tape.close();
    expect(tape.bytes).toBe(bytes);
    expect(await numbersOf(place.track(track.trackId))).toEqual([1]);
  });
});

describe('a disk that is slow', () => {
  test('costs pictures from 8 MiB on, and no voice', async () => {
    const clock = new FakeClock();
    tape = await place.open({}, clock, () => 0);
    const [camera, microphone] = [trackInfo('video'), trackInfo('audio')];
    const [video, audio] = [tape.journal(camera), tape.journal(microphone)];
    const overflowed = vi.fn<(trackId: string) => void>();
    tape.on('overflowed', overflowed);
    // The clock stands: nothing is written.
    const packets = 10_000;
    for (const number of numbers(packets)) {
      video.packet(rtpPacket(number, 1000), number);
      audio.packet(rtpPacket(number, 1000), number);
    }
    expect(overflowed).not.toHaveBeenCalled();
    clock.advance(50);
    const kept = await waitFor(
      'all that was queued is written',
      () => numbersOf(place.track(microphone.trackId)),
      ({ length }) => length >= packets,
    );
    expect(firstWrong(kept)).toBeUndefined();
    expect(kept.length).toBe(packets);
    video.packet(rtpPacket(packets, 1000), packets);
    expect(overflowed.mock.calls).toEqual([[camera.trackId]]);
    await tape.close();
    const room = Math.floor((8 * 1024 * 1024) / 1012);
    const pictures = await numbersOf(place.track(camera.trackId));
    expect(pictures.length).toBeGreaterThan(room - 3);
    expect(pictures.length).toBeLessThan(room + 3);
    expect(pictures.at(-1)).toBe(packets);
  });

  test('is written to while a sync hangs, and promises nothing until that is through', async () => {
    let release: (() => void) | undefined;
    const hung = new Promise<void>((resolve) => {
      release = resolve;
    });
    const gate = new SyncGate();
    for (let places = 0; places < 2; places += 1) void gate.run(() => hung);
    tape = await place.open();
    await tape.close();
    const { recordingId, folder, now } = place;
    tape = await DiskTape.create({
      recordingId,
      folder,
      now,
      gate,
      segmentMs: 60_000,
      clock: { now: Date.now, elapsed: now, after: afterReal, every: everyFast },
      logger: silentLogger,
    });
    const track = trackInfo();
    const journal = tape.journal(track);
    for (const number of numbers(20)) {
      journal.packet(rtpPacket(number), place.now());
      await waitFor(
        'the packet is written',
        () => numbersOf(place.track(track.trackId)),
        (found) => found.at(-1) === number,
        { everyMs: 5 },
      );
    }
    expect(tape.onDiskMs).toBe(0);
    release?.();
    await next('synced');
    expect(tape.onDiskMs).toBeGreaterThan(0);
  });
});

const afterReal = (delayMs: number, task: () => void) => {
  const timer = setTimeout(task, delayMs);
  return () => clearTimeout(timer);
};

const everyFast = (_: number, task: () => void) => {
  const timer = setInterval(task, 10);
  return () => clearInterval(timer);
};

/** A file system of one MiB, or undefined where it cannot be mounted. */
const mountSmall = async (): Promise<string | undefined> => {
  const path = await mkdtemp(join(tmpdir(), 'small-'));
  try {
    await run('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', path]);
    return path;
  } catch {
    await rm(path, { recursive: true });
    return undefined;
  }
};

const strace = await run('strace', ['-V']).then(
  () => true,
  () => false,
);

describe('a disk that fails', () => {
  test('when it is full, what is on it stays', async ({ skip }) => {
    const small = await mountSmall();
    if (small === undefined) {
      skip('no file system can be mounted here');
      return;
    }
    const mounted = await JournalFolder.create(small);
    try {
      tape = await mounted.open();
      const failed = vi.fn<(cause: string) => void>();
      tape.on('failed', failed);
      const track = trackInfo('video');
      const journal = tape.journal(track);
      let number = 0;
      await waitFor(
        'the disk is full',
        () => {
          for (let count = 0; count < 40; count += 1) {
            journal.packet(rtpPacket(number, 1000), number);
            number += 1;
          }
          return failed.mock.calls.length > 0;
        },
        Boolean,
        { everyMs: 60 },
      );
      tape.note({ type: 'paused', atMs: 1 });
      await tape.close();
      expect(failed.mock.calls).toEqual([['diskFull']]);
      const kept = await numbersOf(mounted.track(track.trackId));
      expect(firstWrong(kept)).toBeUndefined();
      expect(kept.length).toBeGreaterThan(900);
    } finally {
      await run('umount', [small]);
      await rm(small, { recursive: true });
    }
  });

  test('says so once, and closes', async () => {
    tape = await place.open();
    const failed = vi.fn<(cause: string) => void>();
    tape.on('failed', failed);
    await rm(join(place.folder, 'journals'), { recursive: true });
    await writeFile(join(place.folder, 'journals'), 'no folder any more');
    const journal = tape.journal(trackInfo());
    journal.packet(rtpPacket(0), 0);
    await next('failed');
    journal.packet(rtpPacket(1), 1);
    await tape.close();
    expect(failed.mock.calls).toEqual([['diskError']]);
    expect(tape.onDiskMs).toBe(0);
  });
});

interface Progress {
  readonly handedIn: number;
  readonly longestPauseMs: number;
  readonly nowMs: number;
  readonly heardMs: number;
}

/** What a writing process says of itself. */
const listen = (writer: ChildProcess) => {
  const heard = { folders: [] as string[], progress: [] as Progress[], onDiskMs: 0 };
  writer.on('message', (message: object) => {
    if ('folders' in message) heard.folders = message.folders as string[];
    else if ('onDiskMs' in message) heard.onDiskMs = message.onDiskMs as number;
    else heard.progress.push({ ...(message as Progress), heardMs: performance.now() });
  });
  return heard;
};

const writerScript = join(import.meta.dirname, '../support/journalWriter.ts');

/** Numbers that were handed in a quarter of a second before the kill, and how many of each track are kept. */
const writeUntilKilled = async (): Promise<{ handedIn: number; kept: number[] }> => {
  const writer = fork(writerScript, [place.recordingsDir], { execArgv: [] });
  const heard = listen(writer);
  await waitFor('it writes', () => heard.progress.length > 0, Boolean, {
    timeoutMs: 60_000,
    everyMs: 10,
  });
  // The moment of the kill is what this is about: somewhere within a segment, a write, a sync.
  await delay(300 + Math.random() * 1200);
  const killedMs = performance.now();
  writer.kill('SIGKILL');
  await once(writer, 'exit');

  const promised = heard.progress.findLast(({ heardMs }) => heardMs < killedMs - 250);
  const found = await Promise.all(heard.folders.map(numbersOf));
  expect(found.map(firstWrong)).toEqual([undefined, undefined, undefined]);
  return { handedIn: promised?.handedIn ?? 0, kept: found.map(({ length }) => length) };
};

describe('a process that writes', () => {
  beforeEach(async () => {
    tape = await place.open();
  });

  test('killed at any moment, loses less than its last quarter of a second', async () => {
    for (let pair = 0; pair < 5; pair += 1) {
      for (const { handedIn, kept } of await Promise.all([
        writeUntilKilled(),
        writeUntilKilled(),
      ])) {
        expect(handedIn).toBeGreaterThan(5);
        expect(Math.min(...kept)).toBeGreaterThanOrEqual(handedIn);
      }
    }
  }, 180_000);

  test.skipIf(!strace)('goes on while the disk takes three seconds for a sync', async () => {
    const args = ['-f', '-o', '/dev/null', '-e', 'trace=fdatasync'];
    const writer = fork(writerScript, [place.recordingsDir], {
      execPath: 'strace',
      execArgv: [...args, '-e', 'inject=fdatasync:delay_enter=3000000', process.execPath],
    });
    const heard = listen(writer);
    try {
      const last = await waitFor(
        'a sync was through',
        () => heard.progress.at(-1),
        (progress) => heard.onDiskMs > 0 && progress !== undefined && progress.nowMs > 7000,
        { timeoutMs: 25_000 },
      );
      expect(last!.longestPauseMs).toBeLessThan(1000);
      // The sync is seconds old, the file is not.
      expect(last!.nowMs - heard.onDiskMs).toBeGreaterThan(2900);
      const kept = await numbersOf(heard.folders[0]!);
      expect(kept.length).toBeGreaterThanOrEqual(last!.handedIn - 100);
    } finally {
      const exit = once(writer, 'exit');
      writer.kill('SIGKILL');
      await exit;
    }
  });
});
