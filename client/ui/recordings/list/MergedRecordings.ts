import type { RecordingPage, RecordingResource } from '../../../../server/protocol/recordings.ts';

/** A recording, and the secret that opens it. */
export interface Owned {
  readonly recording: RecordingResource;
  readonly bearer: string;
}

interface Source {
  readonly bearer: string;
  readonly waiting: RecordingResource[];
  /** Of its next page; null: there is none. */
  cursor: string | undefined | null;
}

/** More is sooner there where somebody has started many rooms; less leaves the server in peace. */
const AT_ONCE = 6;

/** One list of what several secrets open, the newest first, as far as it is asked for. */
export class MergedRecordings {
  readonly #sources: readonly Source[];
  readonly #fetch: (bearer: string, cursor: string | undefined) => Promise<RecordingPage>;
  #lastId: string | undefined;

  constructor(
    bearers: readonly string[],
    fetch: (bearer: string, cursor: string | undefined) => Promise<RecordingPage>,
  ) {
    this.#sources = bearers.map((bearer) => ({ bearer, waiting: [], cursor: undefined }));
    this.#fetch = fetch;
  }

  get hasMore(): boolean {
    return this.#sources.some(({ waiting, cursor }) => waiting.length > 0 || cursor !== null);
  }

  /** The next ones. Rejects with what the first source that failed said; then ask again. */
  async more(count: number): Promise<readonly Owned[]> {
    const found: Owned[] = [];
    await this.#fill();
    while (found.length < count) {
      const newest = this.#newest();
      const recording = newest?.waiting.shift();
      if (newest === undefined || recording === undefined) break;
      // What two of them open is listed once.
      if (recording.id !== this.#lastId) found.push({ recording, bearer: newest.bearer });
      this.#lastId = recording.id;
      try {
        if (newest.waiting.length === 0) await this.#fill();
      } catch {
        // What is there is shown; the next question meets the error again.
        break;
      }
    }
    return found;
  }

  /** Ids sort by age. */
  #newest(): Source | undefined {
    const idOf = ({ waiting }: Source): string => waiting[0]?.id ?? '';
    return this.#sources
      .filter(({ waiting }) => waiting.length > 0)
      .reduce<Source | undefined>(
        (best, source) => (best === undefined || idOf(source) > idOf(best) ? source : best),
        undefined,
      );
  }

  /** Nobody can say which is the newest before each source has shown one. */
  async #fill(): Promise<void> {
    const empty = this.#sources.filter(
      ({ waiting, cursor }) => waiting.length === 0 && cursor !== null,
    );
    const worker = async (): Promise<void> => {
      for (let source = empty.pop(); source; source = empty.pop()) {
        const page = await this.#fetch(source.bearer, source.cursor ?? undefined);
        source.waiting.push(...page.items);
        source.cursor = page.nextCursor;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  }
}
