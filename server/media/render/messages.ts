import type { ErrorCode } from '../../protocol/errors.ts';
import type { Rendered, RenderJob } from '../../recordings/Renderer.ts';
import type { FfmpegOptions } from '../ffmpeg.ts';

/** To the process that renders: one job in its life. */
export interface ToRender {
  readonly folder: string;
  readonly job: RenderJob;
  readonly ffmpeg: FfmpegOptions;
}

export type FromRender =
  | { readonly type: 'progress'; readonly share: number }
  | { readonly type: 'done'; readonly rendered: Rendered }
  /** `words`: for people. */
  | {
      readonly type: 'failed';
      readonly words: boolean;
      readonly code?: ErrorCode;
      readonly message: string;
      /** What was the matter, for who runs the server. */
      readonly detail?: string;
    };
