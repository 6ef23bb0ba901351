import { AppError } from '../../server/base/AppError.ts';
import type { Finished, Finisher, PreviewFile } from '../../server/recordings/Finisher.ts';

/** A finisher that never gets done; of what runs it has the snapshots that the test puts there. */
export class PreviewFinisher implements Finisher {
  previews: PreviewFile[] = [];
  readonly cancelled: string[] = [];
  /** Called for each snapshot that is asked for. */
  onPreview: (name: string) => void = () => undefined;

  readonly #closing = Promise.withResolvers<never>();

  constructor() {
    this.#closing.promise.catch(() => undefined);
  }

  finish(): Promise<Finished> {
    return this.#closing.promise;
  }

  forget(): Promise<void> {
    return Promise.resolve();
  }

  listPreviews(): Promise<readonly PreviewFile[]> {
    return Promise.resolve(this.previews);
  }

  preview(_id: string, name: string): Promise<void> {
    if (!this.previews.some((preview) => preview.name === name)) {
      return Promise.reject(new AppError('not_found', 'There is no such file.'));
    }
    this.onPreview(name);
    return Promise.resolve();
  }

  cancel(id: string): Promise<void> {
    this.cancelled.push(id);
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.#closing.reject(new Error('closed'));
    return Promise.resolve();
  }
}
