import { expect, test } from 'vitest';
import type { ParticipantId } from '../../../protocol/ids.ts';
import type { TimedEvent } from '../../../recordings/Tape.ts';
import { EventLog } from './EventLog.ts';

const [ana, ben]: ParticipantId[] = ['part_a', 'part_b'];

const logOf = (...events: TimedEvent[]): EventLog => {
  const log = new EventLog();
  for (const event of events) log.take(event);
  return log;
};

test('stays, in the order of coming, with who came back and who never left', () => {
  const log = logOf(
    { type: 'joined', participantId: ben!, name: 'Ben', atMs: 10 },
    { type: 'joined', participantId: ana!, name: 'Ana', atMs: 20 },
    { type: 'left', participantId: ben!, atMs: 100 },
    { type: 'joined', participantId: ben!, name: 'Ben', atMs: 200 },
    { type: 'stopped', reason: 'stopped', atMs: 300 },
  );
  expect([log.stoppedMs, log.lastMs]).toEqual([300, 300]);
  expect(log.finish(300).guests).toEqual([
    {
      id: ben,
      name: 'Ben',
      stays: [
        { fromMs: 10, toMs: 100 },
        { fromMs: 200, toMs: 300 },
      ],
    },
    { id: ana, name: 'Ana', stays: [{ fromMs: 20, toMs: 300 }] },
  ]);
});

test('tracks while they were sent, pauses, and voices that stood out', () => {
  const track = { trackId: 't', participantId: ana! };
  const log = logOf(
    { type: 'published', ...track, source: 'microphone', paused: true, atMs: 0 },
    { type: 'trackPaused', ...track, paused: false, atMs: 50 },
    { type: 'trackPaused', ...track, paused: false, atMs: 60 },
    { type: 'speaker', participantId: ana!, atMs: 70 },
    { type: 'speaker', participantId: ben!, atMs: 90 },
    { type: 'speaker', participantId: null, atMs: 95 },
    { type: 'paused', atMs: 100 },
    { type: 'resumed', atMs: 150 },
    { type: 'unpublished', ...track, atMs: 160 },
    { type: 'paused', atMs: 180 },
  );
  const happenings = log.finish(200);
  expect(happenings.sendings).toEqual([
    { ...track, source: 'microphone', active: [{ fromMs: 50, toMs: 160 }] },
  ]);
  expect(happenings.pauses).toEqual([
    { fromMs: 100, toMs: 150 },
    { fromMs: 180, toMs: 200 },
  ]);
  expect(happenings.voices.get(ana!)).toEqual([{ fromMs: 70, toMs: 90 }]);
  expect(happenings.voices.get(ben!)).toEqual([{ fromMs: 90, toMs: 95 }]);
  expect(log.stoppedMs).toBeUndefined();
});
