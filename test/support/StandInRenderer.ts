import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type {
  RenderControl,
  Rendered,
  Renderer,
  RenderJob,
} from '../../server/recordings/Renderer.ts';

/** Writes a word instead of a film, when it is let. */
export class StandInRenderer implements Renderer {
  /** What becomes of the next ones. */
  outcome: 'done' | 'held' | Error = 'done';
  readonly begun: RenderJob[] = [];
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async render(job: RenderJob, { signal, onProgress }: RenderControl): Promise<Rendered> {
    this.begun.push(job);
    signal.throwIfAborted();
    onProgress(0.5);
    if (this.outcome instanceof Error) throw this.outcome;
    if (this.outcome === 'held') await untilAborted(signal);
    const { id, record, spec } = job;
    const content = Buffer.from('film');
    const name = `${spec.layout}-${id.slice('render_'.length)}.mp4`;
    const files = join(this.#folder, record.id, 'files');
    await mkdir(files, { recursive: true });
    await writeFile(join(files, name), content);
    return {
      kept: [{ fromMs: 0, toMs: record.durationMs }],
      file: {
        name,
        kind: 'composite',
        participant: null,
        source: null,
        type: 'video/mp4',
        bytes: content.length,
        durationMs: record.durationMs,
        sha256: createHash('sha256').update(content).digest('hex'),
      },
    };
  }
}

const untilAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('ended')), { once: true });
  });
