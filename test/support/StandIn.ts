import { newId } from '../../server/protocol/ids.ts';
import type { Notification, NotificationName, Role } from '../../server/protocol/signaling.ts';
import type { MediaRoom } from '../../server/rooms/MediaRoom.ts';
import type { LeaveReason, Member, Track } from '../../server/rooms/Member.ts';

/** A member without a browser: remembers what the room did to it. */
export class StandIn implements Member {
  readonly id = newId('part');
  readonly name: string;
  readonly role: Role = 'guest';
  readonly identity: string | null;
  readonly userId = null;
  readonly joinedAt = 0;
  readonly visible: boolean;
  connection: Member['connection'] = 'connected';
  readonly offered: Track[] = [];
  readonly retracted: Track[] = [];
  readonly renewed: Track[] = [];
  readonly told: Notification[] = [];
  readonly movedTo: MediaRoom[] = [];
  closedFor: LeaveReason | undefined;

  constructor(
    name = 'Stand-in',
    { visible = true, identity = null }: { visible?: boolean; identity?: string | null } = {},
  ) {
    this.identity = identity;
    this.name = name;
    this.visible = visible;
  }

  offer(track: Track): void {
    this.offered.push(track);
  }

  retract(track: Track): void {
    this.retracted.push(track);
  }

  renew(track: Track): void {
    this.renewed.push(track);
  }

  onNotify: (event: Notification) => void = () => undefined;

  notify(event: Notification): void {
    this.told.push(event);
    this.onNotify(event);
  }

  moveTo(media: MediaRoom): void {
    this.movedTo.push(media);
  }

  close(reason: LeaveReason): void {
    this.closedFor ??= reason;
  }

  /** What it was told since the last time somebody asked. */
  news(): NotificationName[] {
    return this.told.splice(0).map(({ name }) => name);
  }
}
