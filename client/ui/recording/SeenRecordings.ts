import type { RecordingId } from '../../../server/protocol/ids.ts';
import type { RecordingStatus } from '../../../server/protocol/recordings.ts';

export interface SeenRecording {
  readonly id: RecordingId;
  readonly startedBy: string | null;
  /** One was recorded oneself, at least for a while. */
  readonly withMe: boolean;
}

/** Which recordings ran while one was in the call; for the page after it. */
export class SeenRecordings {
  readonly #seen = new Map<RecordingId, SeenRecording>();

  get list(): readonly SeenRecording[] {
    return [...this.#seen.values()];
  }

  note({ id, startedBy, unrecorded }: RecordingStatus, selfId: string): void {
    const withMe = !unrecorded.some((other) => other === selfId);
    this.#seen.set(id, { id, startedBy, withMe: withMe || this.#seen.get(id)?.withMe === true });
  }
}
