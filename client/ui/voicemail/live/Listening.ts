import type { VoicemailId } from '../../../../server/protocol/ids.ts';
import type { CallClient } from '../../../core/CallClient.ts';
import type { RoomClient } from '../../../core/RoomClient.ts';
import { createCallStore } from '../../../core/store.ts';
import { AudioGate } from '../../call/AudioGate.ts';

export interface ListeningOptions {
  readonly messageId: VoicemailId;
  readonly client: CallClient;
  /** What one is called; nobody there is told. */
  readonly name: string;
  /** There is nothing more to be heard. */
  readonly onOver: () => void;
}

/** A message that is heard in this browser while it is left. */
export class Listening {
  readonly messageId: VoicemailId;
  readonly room = createCallStore();
  readonly audio = new AudioGate();
  readonly #options: ListeningOptions;
  #client: RoomClient | null = null;
  #stopWatching: (() => void) | null = null;
  #over = false;

  constructor(options: ListeningOptions) {
    this.messageId = options.messageId;
    this.#options = options;
  }

  /** Rejects when the server does not let one. */
  async begin(): Promise<void> {
    const { client, name, messageId, onOver } = this.#options;
    const [{ roomId: room, token }, { RoomClient }] = await Promise.all([
      client.listenToMessage(messageId),
      import('../../../core/RoomClient.ts'),
    ]);
    if (this.#over) return;
    this.#client = new RoomClient({ store: this.room, room, token, name });
    this.#stopWatching = this.room.phase.subscribe((phase) => {
      if (phase.name === 'ended') onOver();
    });
    void this.#client.join();
  }

  /** Idempotent. */
  close(): void {
    if (this.#over) return;
    this.#over = true;
    this.#stopWatching?.();
    void this.#client?.leave();
  }
}
