import type { RecordingResource } from '../../../server/protocol/recordings.ts';
import type { Taping } from './expectation.ts';
import type { RecordingApi } from './RecordingApi.ts';
import type { Doubt } from './TruthPeer.ts';

/** From the answer until packets of every track are being kept. */
const SETTLE_MS = 300;
/** What is on its way when somebody presses Pause or Stop may be kept or not. */
const IN_FLIGHT_MS = 200;

/** Presses the buttons of one recording, and remembers when it was to be running. */
export class Taper {
  readonly id: string;
  readonly #api: RecordingApi;
  readonly #zeroMs: number;
  readonly #kept: [fromMs: number, toMs: number][];
  readonly #doubts: Doubt[];

  static async start(api: RecordingApi, room: string): Promise<Taper> {
    const fromMs = performance.now();
    return new Taper(api, await api.start(room), fromMs);
  }

  private constructor(api: RecordingApi, { id, startedAt }: RecordingResource, fromMs: number) {
    this.#api = api;
    this.id = id;
    this.#zeroMs = this.processMs(Date.parse(startedAt));
    this.#kept = [[fromMs, Infinity]];
    this.#doubts = [[fromMs, performance.now() + SETTLE_MS]];
  }

  get taping(): Taping {
    return { zeroMs: this.#zeroMs, kept: this.#kept, doubts: this.#doubts };
  }

  /** A time of the server's, whose clock is this machine's, as the process tells it. */
  processMs(atMs: number): number {
    return atMs - Date.now() + performance.now();
  }

  async pause(): Promise<void> {
    await this.#end(() => this.#api.pause(this.id));
  }

  async resume(): Promise<void> {
    const fromMs = performance.now();
    await this.#api.resume(this.id);
    this.#kept.push([fromMs, Infinity]);
    this.#doubts.push([fromMs - IN_FLIGHT_MS, performance.now() + SETTLE_MS]);
  }

  async stop(): Promise<void> {
    await this.#end(() => this.#api.stop(this.id));
  }

  /** It ended at this moment by itself, or by force. What came within `openMs` before is not asked for. */
  endedAt(atMs: number, openMs: number): void {
    this.#kept.at(-1)![1] = atMs;
    this.#doubts.push([atMs - openMs, atMs]);
  }

  async #end(act: () => Promise<unknown>): Promise<void> {
    const fromMs = performance.now() - IN_FLIGHT_MS;
    await act();
    const toMs = performance.now();
    this.#kept.at(-1)![1] = toMs;
    this.#doubts.push([fromMs, toMs]);
  }
}
