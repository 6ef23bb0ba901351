import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { RecordingResource } from '../../../server/protocol/recordings.ts';
import { waitFor } from '../waitFor.ts';

type RecordedFile = RecordingResource['files'][number];

/** An answer that is no success. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, text: string) {
    super(`${status} ${code}: ${text}`);
    this.status = status;
    this.code = code;
  }
}

const FINISH_LIMIT_MS = 60_000;

/** Recordings over REST, with the admin key. */
export class RecordingApi {
  readonly #url: string;
  readonly #key: string;

  constructor({ url, adminKey }: { url: string; adminKey: string }) {
    this.#url = url;
    this.#key = adminKey;
  }

  start(room: string): Promise<RecordingResource> {
    return this.#json('POST', `/api/v1/rooms/${room}/recordings`);
  }

  pause(id: string): Promise<RecordingResource> {
    return this.#json('POST', `/api/v1/recordings/${id}/pause`);
  }

  resume(id: string): Promise<RecordingResource> {
    return this.#json('POST', `/api/v1/recordings/${id}/resume`);
  }

  stop(id: string): Promise<RecordingResource> {
    return this.#json('POST', `/api/v1/recordings/${id}/stop`);
  }

  get(id: string): Promise<RecordingResource> {
    return this.#json('GET', `/api/v1/recordings/${id}`);
  }

  async list(): Promise<RecordingResource[]> {
    const { items } = await this.#json<{ items: RecordingResource[] }>('GET', '/api/v1/recordings');
    return items;
  }

  /** Rejects when it failed, or is not finished in time. */
  async ready(id: string): Promise<RecordingResource> {
    const recording = await waitFor(
      `recording ${id} is finished`,
      () => this.get(id),
      ({ state }) => state === 'ready' || state === 'failed',
      { timeoutMs: FINISH_LIMIT_MS, everyMs: 200 },
    );
    if (recording.state === 'failed') throw new Error(`it failed: ${recording.failure ?? ''}`);
    return recording;
  }

  /** Where the file lies then. */
  async download({ name, url }: RecordedFile, folder: string): Promise<string> {
    const path = join(folder, name);
    const response = await this.#ask('GET', new URL(url, this.#url).pathname);
    if (!response.body) throw new Error(`${name} is empty`);
    await pipeline(Readable.fromWeb(response.body as never), createWriteStream(path));
    return path;
  }

  async #json<T = RecordingResource>(method: string, path: string): Promise<T> {
    return (await (await this.#ask(method, path)).json()) as T;
  }

  async #ask(method: string, path: string): Promise<Response> {
    const headers = { authorization: `Bearer ${this.#key}` };
    const response = await fetch(new URL(path, this.#url), { method, headers });
    if (response.ok) return response;
    const text = await response.text();
    const code = /"code":"([a-z_]+)"/.exec(text)?.[1] ?? 'none';
    throw new ApiProblem(response.status, code, text);
  }
}
