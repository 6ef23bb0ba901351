import type { ParticipantId } from '../../../protocol/ids.ts';
import type { Source } from '../../../protocol/media.ts';
import type { TimedEvent } from '../../../recordings/Tape.ts';
import { readEvents } from '../../journal/readEvents.ts';
import { subtract, union, type Interval } from '../tracks/intervals.ts';

/** A track that was there to be recorded. */
export interface Sending {
  readonly trackId: string;
  readonly participantId: ParticipantId;
  readonly source: Source;
  /** While it was published and neither muted nor switched off. */
  readonly active: readonly Interval[];
}

export interface Guest {
  readonly id: ParticipantId;
  readonly name: string;
  readonly stays: readonly Interval[];
}

export interface ToldOf {
  readonly participantId: ParticipantId;
  readonly atMs: number;
}

export interface Answer extends ToldOf {
  readonly agreed: boolean;
}

/** What the event log says, in stretches of the recording's clock. */
export interface Happenings {
  /** In the order of their first coming. */
  readonly guests: readonly Guest[];
  readonly sendings: readonly Sending[];
  readonly pauses: readonly Interval[];
  readonly movedAtMs: readonly number[];
  /** While somebody's voice stood out. */
  readonly voices: ReadonlyMap<ParticipantId, readonly Interval[]>;
  readonly told: readonly ToldOf[];
  readonly answers: readonly Answer[];
}

/** `durationMs`: of a recording that is over. */
export const readHappenings = async (
  recordingFolder: string,
  durationMs: number,
): Promise<Happenings> => {
  const log = new EventLog();
  for await (const event of readEvents(recordingFolder)) log.take(event);
  return log.finish(durationMs);
};

/** While somebody sent from there, track by track. */
export const sentBy = (
  { sendings }: Happenings,
  person: ParticipantId,
  source: Source,
): Interval[] =>
  sendings
    .filter((sending) => sending.participantId === person && sending.source === source)
    .flatMap(({ active }) => active);

/** The same, whatever the track. */
export const activeOf = (...which: Parameters<typeof sentBy>): Interval[] =>
  union(sentBy(...which));

interface Open<T> {
  readonly what: T;
  readonly spans: Interval[];
  sinceMs: number | undefined;
}

const set = (open: Open<unknown>, on: boolean, atMs: number): void => {
  if (on) open.sinceMs ??= atMs;
  else if (open.sinceMs !== undefined) {
    open.spans.push({ fromMs: open.sinceMs, toMs: atMs });
    open.sinceMs = undefined;
  }
};

/** Reads events one by one and keeps what reports need. */
export class EventLog {
  /** When it was stopped in good order. */
  stoppedMs: number | undefined;
  /** Of the last event. */
  lastMs = 0;
  readonly #guests = new Map<ParticipantId, Open<string>>();
  readonly #sendings = new Map<string, Open<Omit<Sending, 'active'>>>();
  readonly #voices = new Map<ParticipantId, Open<undefined>>();
  readonly #pause: Open<undefined> = { what: undefined, spans: [], sinceMs: undefined };
  readonly #movedAtMs: number[] = [];
  readonly #told: ToldOf[] = [];
  readonly #answers: Answer[] = [];

  take(event: TimedEvent): void {
    const { atMs } = event;
    this.lastMs = Math.max(this.lastMs, atMs);
    switch (event.type) {
      case 'joined':
        set(this.#guest(event.participantId, event.name), true, atMs);
        break;
      case 'left':
        set(this.#guest(event.participantId, ''), false, atMs);
        break;
      case 'published':
        this.#publish(event, atMs);
        break;
      case 'unpublished':
        this.#switch(event.trackId, false, atMs);
        break;
      case 'trackPaused':
        this.#switch(event.trackId, !event.paused, atMs);
        break;
      case 'speaker':
        this.#speaks(event.participantId, atMs);
        break;
      case 'paused':
      case 'resumed':
        set(this.#pause, event.type === 'paused', atMs);
        break;
      case 'stopped':
        this.stoppedMs = atMs;
        break;
      case 'mediaMoved':
        this.#movedAtMs.push(atMs);
        break;
      case 'told':
        this.#told.push({ participantId: event.participantId, atMs });
        break;
      case 'consent':
        this.#answers.push({ participantId: event.participantId, agreed: event.agreed, atMs });
        break;
    }
  }

  /** `durationMs`: what is still going on goes on up to then. */
  finish(durationMs: number): Happenings {
    const spansOf = ({ spans, sinceMs }: Open<unknown>): Interval[] => {
      const all = sinceMs === undefined ? spans : [...spans, { fromMs: sinceMs, toMs: durationMs }];
      return subtract(union(all), [{ fromMs: durationMs, toMs: Infinity }]);
    };
    return {
      guests: [...this.#guests].map(([id, open]) => ({
        id,
        name: open.what,
        stays: spansOf(open),
      })),
      sendings: [...this.#sendings.values()].map((open) => ({
        ...open.what,
        active: spansOf(open),
      })),
      pauses: spansOf(this.#pause),
      movedAtMs: this.#movedAtMs,
      voices: new Map([...this.#voices].map(([id, open]) => [id, spansOf(open)])),
      told: this.#told,
      answers: this.#answers,
    };
  }

  #guest(id: ParticipantId, name: string): Open<string> {
    const guest = this.#guests.get(id) ?? { what: name, spans: [], sinceMs: undefined };
    this.#guests.set(id, guest);
    return guest;
  }

  #publish(event: Extract<TimedEvent, { type: 'published' }>, atMs: number): void {
    const { trackId, participantId, source, paused } = event;
    const sending = this.#sendings.get(trackId) ?? {
      what: { trackId, participantId, source },
      spans: [],
      sinceMs: undefined,
    };
    this.#sendings.set(trackId, sending);
    set(sending, !paused, atMs);
  }

  #switch(trackId: string, on: boolean, atMs: number): void {
    const sending = this.#sendings.get(trackId);
    if (sending) set(sending, on, atMs);
  }

  #speaks(participantId: ParticipantId | null, atMs: number): void {
    for (const voice of this.#voices.values()) set(voice, false, atMs);
    if (participantId === null) return;
    const voice = this.#voices.get(participantId) ?? {
      what: undefined,
      spans: [],
      sinceMs: undefined,
    };
    this.#voices.set(participantId, voice);
    set(voice, true, atMs);
  }
}
