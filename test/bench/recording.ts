import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { RecordingResource } from '../../server/protocol/recordings.ts';
import type { RenderResource, RenderWish } from '../../server/protocol/renders.ts';
import type { ClientCalls } from './hosts/clients.ts';
import { HostProcess } from './hosts/HostProcess.ts';
import { startSide, type Side } from './hosts/sides.ts';
import { encodePicture } from './load/ivf.ts';
import type { Core } from './measure/cores.ts';

export const FFMPEG = process.env['FFMPEG_BIN'] ?? 'ffmpeg';

/** The room that the bench's clients are in. */
const ROOM = 'bench';
const PICTURE_SECONDS = 8;
const PUBLISHING_SETTLE_MS = 2_000;
const POLL_MS = 10;

/** A server with people who send, and its REST. */
export class RecordedCall {
  readonly side: Side;
  readonly clients: HostProcess<ClientCalls>;
  readonly #folder: string;

  static async start(people: number, core: Core = 'server'): Promise<RecordedCall> {
    const folder = mkdtempSync(join(tmpdir(), 'roomtone-bench-'));
    const ivf = join(folder, 'picture.ivf');
    encodePicture(FFMPEG, ivf, PICTURE_SECONDS, { keyFrameEvery: 25, bitrate: '500k' });
    const side = await startSide('ours', core);
    const clients = await HostProcess.start<ClientCalls>('clients.ts', 'clients');
    await clients.call('publishPeople', 'ours', side.url, people, ivf);
    await delay(PUBLISHING_SETTLE_MS);
    return new RecordedCall(side, clients, folder);
  }

  private constructor(side: Side, clients: HostProcess<ClientCalls>, folder: string) {
    this.side = side;
    this.clients = clients;
    this.#folder = folder;
  }

  get folder(): string {
    return this.#folder;
  }

  start(): Promise<RecordingResource> {
    return this.#call('POST', `/rooms/${ROOM}/recordings`);
  }

  stop({ id }: RecordingResource): Promise<RecordingResource> {
    return this.#call('POST', `/recordings/${id}/stop`);
  }

  /** Looks until it is so. */
  async until(
    { id }: RecordingResource,
    isSo: (recording: RecordingResource) => boolean,
  ): Promise<RecordingResource> {
    for (;;) {
      const recording = await this.#call<RecordingResource>('GET', `/recordings/${id}`);
      if (isSo(recording)) return recording;
      if (recording.state === 'failed') throw new Error(`It failed: ${recording.failure}`);
      await delay(POLL_MS);
    }
  }

  /** Seconds from the wish to the finished file. */
  async render({ id }: RecordingResource, wish: RenderWish): Promise<number> {
    const startedAt = performance.now();
    const asked = await this.#call<RenderResource>('POST', `/recordings/${id}/renders`, wish);
    for (;;) {
      const path = `/recordings/${id}/renders/${asked.id}`;
      const { state, failure } = await this.#call<RenderResource>('GET', path);
      if (state === 'ready') return (performance.now() - startedAt) / 1000;
      if (state === 'failed') throw new Error(`It failed: ${failure}`);
      await delay(POLL_MS);
    }
  }

  async download(file: RecordingResource['files'][number]): Promise<Buffer> {
    const response = await fetch(new URL(file.url, this.#origin), { headers: this.#headers });
    if (!response.ok) throw new Error(`${file.url}: ${response.status}`);
    return Buffer.from(await response.arrayBuffer());
  }

  async close(): Promise<void> {
    await this.clients.close();
    await this.side.host.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get #origin(): string {
    return this.side.url.replace(/^ws/, 'http');
  }

  get #headers(): Record<string, string> {
    return { authorization: `Bearer ${this.side.adminKey}` };
  }

  async #call<T>(method: string, path: string, body?: object): Promise<T> {
    const url = new URL(`/api/v1${path}`, this.#origin);
    const response = await fetch(url, {
      method,
      headers: { ...this.#headers, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
    return (await response.json()) as T;
  }
}
