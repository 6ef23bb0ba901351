import type { RenderId } from '../protocol/ids.ts';
import type { RecordedFile } from '../protocol/recordings.ts';
import type { RenderSpec, Stretch } from '../protocol/renders.ts';
import type { RecordingRecord } from './RecordingRecord.ts';

export interface RenderJob {
  readonly id: RenderId;
  /** `ready`: its archives are what is rendered. */
  readonly record: RecordingRecord;
  readonly spec: RenderSpec;
}

export interface RenderControl {
  /** Ends it; nothing of it is left then. */
  readonly signal: AbortSignal;
  /** 0 to 1. */
  readonly onProgress: (share: number) => void;
}

export interface Rendered {
  /** `composite`, or `audio` of the layout of that name; safely on disk beside the other files. */
  readonly file: RecordedFile;
  readonly kept: readonly Stretch[];
}

/** Makes one file of a recording's archives by a layout, in processes of its own, within limits. */
export interface Renderer {
  /**
   * The file is named after the render, so that none is replaced. Can be called again after a crash.
   * AppError `disk_full`; RenderFailure when the tracks or the wish do not allow it: hostile or broken
   * files, too much time or memory, nothing to render.
   */
  render(job: RenderJob, control: RenderControl): Promise<Rendered>;
}

/** Its message is for people, a whole sentence. */
export class RenderFailure extends Error {
  override readonly name = 'RenderFailure';
}
