import { join } from 'node:path';
import { findSetpriv } from '../../server/media/ffmpeg.ts';
import { outputOf } from '../../server/media/render/outputs.ts';
import { RenderProcess } from '../../server/media/render/RenderProcess.ts';
import { newId } from '../../server/protocol/ids.ts';
import type { RecordedFile } from '../../server/protocol/recordings.ts';
import type { RenderSpec, Stretch } from '../../server/protocol/renders.ts';
import { LAYOUT } from '../../server/recordings/layout.ts';
import type { RecordingRecord } from '../../server/recordings/RecordingRecord.ts';
import { aRenderSpec } from '../support/aRenderSpec.ts';
import { ffmpegBin } from '../support/truth/clip.ts';
import { decodeMix, decodeRender, type DecodeOptions } from '../support/truth/decodeRender.ts';
import { judgeRender, type RenderTrial, type RenderVerdict } from '../support/truth/judgeRender.ts';

/** What was recorded, and what is known of it. */
export interface RenderedCall extends Pick<RenderTrial, 'cast' | 'taping' | 'turns'> {
  /** Of all recordings. */
  readonly root: string;
  readonly record: RecordingRecord;
}

export interface MadeRender {
  readonly path: string;
  readonly file: RecordedFile;
  readonly kept: readonly Stretch[];
  readonly spec: RenderSpec;
  /** 0 to 1, as they were told. */
  readonly shares: readonly number[];
}

/** As the server makes it. */
export const makeRender = async (
  { root, record }: Pick<RenderedCall, 'root' | 'record'>,
  wish: Partial<RenderSpec> = {},
): Promise<MadeRender> => {
  const setprivBin = await findSetpriv();
  const renderer = new RenderProcess({ folder: root, ffmpegBin: ffmpegBin(), setprivBin });
  const spec = aRenderSpec(wish);
  const shares: number[] = [];
  const { file, kept } = await renderer.render(
    { id: newId('render'), record, spec },
    { signal: new AbortController().signal, onProgress: (share) => shares.push(share) },
  );
  return { path: join(root, record.id, LAYOUT.files, file.name), file, kept, spec, shares };
};

export interface JudgedRender extends MadeRender {
  readonly verdict: RenderVerdict;
  /** Of the decoder. */
  readonly complaints: readonly string[];
}

/** Renders, decodes, and compares with the script; nothing that the server computed is asked. */
export const judgedRender = async (
  call: RenderedCall,
  wish: Partial<RenderSpec> = {},
  shapes?: DecodeOptions['shapes'],
): Promise<JudgedRender> => {
  const made = await makeRender(call, wish);
  const { path, kept, spec } = made;
  const { frame } = outputOf(spec);
  const { frames, complaints } = frame
    ? await decodeRender(path, { frame, kept, ...(shapes && { shapes }) })
    : { frames: [], complaints: [] };
  const audio = await decodeMix(path, kept);
  const nameOf = (id: string | null) =>
    call.record.people.find(({ participantId }) => participantId === id)?.name;
  const numberOf = (name: string | undefined) => call.cast.find((one) => one.name === name)?.n;
  const person = numberOf(nameOf(spec.person));
  const silent = spec.silenced.flatMap((id) => numberOf(nameOf(id)) ?? []);
  const out = new Set(spec.without.map(nameOf));
  const verdict = judgeRender({
    ...call,
    layout: spec.layout,
    frame: frame ?? { width: 0, height: 0 },
    frames,
    audio,
    silent,
    cast: call.cast.filter(({ name }) => !out.has(name)),
    ...(person !== undefined && { person }),
  });
  return { ...made, verdict, complaints: [...complaints, ...audio.complaints] };
};
