import type { Grants } from '../accounts/permissions.ts';
import { newSecret } from '../accounts/secret.ts';
import { AppError } from '../base/AppError.ts';
import type { Clock } from '../base/Clock.ts';
import type { SignInId, UserId } from '../protocol/ids.ts';
import type { Channel } from './Channel.ts';
import type { Participant } from './Participant.ts';
import type { Room } from './Room.ts';

/** How long somebody whose socket is gone may come back as the same participant. */
const RESUMABLE_MS = 120_000;
/** Shorter absences are nobody's business: a socket that is back within it is not mentioned. */
const UNNOTICED_MS = 2_000;
/** Socket and media both gone for this long: no tile should be shown any more. */
const LOST_AFTER_MS = 10_000;
const SWEEP_INTERVAL_MS = 1_000;

/** One participant's place in a room, held while its socket comes and goes. */
export interface Session {
  readonly room: Room;
  readonly participant: Participant;
  readonly grants: Grants;
  /** When the token that let it in runs out, in milliseconds since 1970. */
  readonly expiresAt: number | undefined;
  /** Whose rights they are: somebody's who is signed in. */
  readonly signInId?: SignInId | undefined;
}

interface Entry extends Session {
  token: string;
  /** Good until the client shows that it got the new one: the reply may have been lost. */
  previousToken: string | undefined;
  absentSince: number | undefined;
}

export class Sessions {
  readonly #clock: Clock;
  readonly #byToken = new Map<string, Entry>();
  readonly #byParticipant = new Map<Participant, Entry>();
  readonly #stopSweeping: () => void;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#stopSweeping = clock.every(SWEEP_INTERVAL_MS, () => this.#sweep());
  }

  /** Begins a session on a channel; the result is the first resume token. */
  open(session: Session, channel: Channel): string {
    session.participant.wire.attach(channel);
    const token = newSecret();
    const entry = { ...session, token, previousToken: undefined, absentSince: undefined };
    this.#byToken.set(token, entry);
    this.#byParticipant.set(session.participant, entry);
    return token;
  }

  /**
   * The same participant on a newer channel. Each token is good for one resume.
   * AppError `not_found` when there is nothing to come back to.
   */
  resume(resumeToken: string, channel: Channel): { session: Session; resumeToken: string } {
    const entry = this.#byToken.get(resumeToken);
    if (!entry || entry.participant.closed) throw new AppError('not_found', 'This session is over');
    if (entry.previousToken !== undefined && entry.previousToken !== resumeToken) {
      this.#byToken.delete(entry.previousToken);
    }
    if (entry.token !== resumeToken) this.#byToken.delete(entry.token);
    entry.previousToken = resumeToken;
    entry.token = newSecret();
    this.#byToken.set(entry.token, entry);
    entry.absentSince = undefined;
    entry.participant.wire.attach(channel);
    this.#setConnection(entry, 'connected');
    return { session: entry, resumeToken: entry.token };
  }

  /** The client has shown that the last resume reached it. */
  confirm({ participant }: Session): void {
    const entry = this.#byParticipant.get(participant);
    if (entry?.previousToken === undefined) return;
    this.#byToken.delete(entry.previousToken);
    entry.previousToken = undefined;
  }

  /** The socket is gone without a goodbye: the place is kept for a while. */
  suspend({ participant }: Session, channel: Channel): void {
    const entry = this.#byParticipant.get(participant);
    if (entry && participant.wire.detach(channel)) entry.absentSince = this.#clock.now();
  }

  /** Somebody signed out, there or everywhere: what they could do as themselves they cannot any more. */
  endOf(userId: UserId, signInId?: SignInId): void {
    for (const { room, participant, signInId: its } of this.#byParticipant.values()) {
      if (its === undefined || participant.userId !== userId) continue;
      if (signInId === undefined || signInId === its) room.leave(participant, 'expired');
    }
  }

  close(): void {
    this.#stopSweeping();
  }

  #sweep(): void {
    for (const entry of this.#byParticipant.values()) {
      const now = this.#clock.now();
      if (entry.participant.closed) this.#forget(entry);
      else if ((entry.expiresAt ?? Infinity) <= now) entry.room.leave(entry.participant, 'expired');
      else if (entry.absentSince !== undefined) this.#age(entry, now - entry.absentSince);
      // A socket stays open long after its client vanished; media tells sooner.
      else if (entry.participant.mediaBroken) entry.participant.wire.probe();
    }
  }

  #age(entry: Entry, absentMs: number): void {
    if (absentMs >= RESUMABLE_MS) entry.room.leave(entry.participant, 'gone');
    else if (absentMs >= LOST_AFTER_MS && !entry.participant.mediaAlive) {
      this.#setConnection(entry, 'lost');
    } else if (absentMs >= UNNOTICED_MS) this.#setConnection(entry, 'reconnecting');
  }

  #setConnection({ room, participant }: Entry, connection: Participant['connection']): void {
    if (participant.connection === connection) return;
    participant.connection = connection;
    room.connectionChanged(participant);
  }

  #forget(entry: Entry): void {
    this.#byToken.delete(entry.token);
    if (entry.previousToken !== undefined) this.#byToken.delete(entry.previousToken);
    this.#byParticipant.delete(entry.participant);
  }
}
