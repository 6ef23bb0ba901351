import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ErasureList, ErasureResource } from '../../../server/protocol/erasures.ts';
import type { RecordingResource } from '../../../server/protocol/recordings.ts';
import type { RenderResource, RenderWish } from '../../../server/protocol/renders.ts';
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

  render(id: string, wish: RenderWish): Promise<RenderResource> {
    return this.#json('POST', `/api/v1/recordings/${id}/renders`, wish);
  }

  async renders(id: string): Promise<RenderResource[]> {
    return (
      await this.#json<{ items: RenderResource[] }>('GET', `/api/v1/recordings/${id}/renders`)
    ).items;
  }

  /** All that were asked for are ready, or failed. */
  rendered(id: string): Promise<RenderResource[]> {
    return waitFor(
      `everything of ${id} is rendered`,
      () => this.renders(id),
      (renders) => renders.every(({ state }) => state === 'ready' || state === 'failed'),
      { timeoutMs: FINISH_LIMIT_MS, everyMs: 200 },
    );
  }

  erase(id: string, participantId: string): Promise<ErasureResource> {
    return this.#json('DELETE', `/api/v1/recordings/${id}/participants/${participantId}`);
  }

  async erasures(id: string): Promise<ErasureResource[]> {
    return (await this.#json<ErasureList>('GET', `/api/v1/recordings/${id}/erasures`)).items;
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

  async #json<T = RecordingResource>(method: string, path: string, body?: object): Promise<T> {
    return (await (await this.#ask(method, path, body)).json()) as T;
  }

  async #ask(method: string, path: string, body?: object): Promise<Response> {
    const response = await fetch(new URL(path, this.#url), {
      method,
      headers: {
        authorization: `Bearer ${this.#key}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (response.ok) return response;
    const text = await response.text();
    const code = /"code":"([a-z_]+)"/.exec(text)?.[1] ?? 'none';
    throw new ApiProblem(response.status, code, text);
  }
}
