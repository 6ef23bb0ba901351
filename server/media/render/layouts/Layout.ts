import type { ParticipantId } from '../../../protocol/ids.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Box extends Size {
  readonly x: number;
  readonly y: number;
}

/** Somebody who is there at a moment. */
export interface Present {
  readonly id: ParticipantId;
  readonly hasCamera: boolean;
  readonly hasScreen: boolean;
}

/** All that a layout may look at. */
export interface Moment {
  /** In the order in which they came. */
  readonly present: readonly Present[];
  /** Who is to be looked at; somebody of `present`. */
  readonly speaker: ParticipantId | undefined;
}

/** Where somebody, or what somebody shows, is to be seen. */
export interface Tile {
  readonly id: ParticipantId;
  readonly source: 'camera' | 'screen';
  readonly box: Box;
}

/** A rule for where everybody goes. Pure; tiles lie within the frame and do not overlap. */
export type Layout = (moment: Moment, frame: Size) => Tile[];
