import { Agent, request } from 'node:http';
import { RawClient } from '../../support/rawClient.ts';

/** Somebody far away with a watch. Each look is from an address of its own: what is limited is not measured. */
export class Guesser {
  readonly #url: string;
  /** One connection, so that none has to be made while the watch runs. */
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  #looks = 0;

  constructor(url: string) {
    this.#url = url;
  }

  /** Milliseconds until the last byte of the answer. Rejects when it has another status. */
  ask(
    method: string,
    path: string,
    { expected, cookie, body }: { expected: number; cookie?: string; body?: object },
  ): Promise<number> {
    const headers = {
      'x-forwarded-for': this.#address(),
      ...(cookie !== undefined && { cookie }),
      ...(body && { 'content-type': 'application/json' }),
    };
    const url = `${this.#url}/api/v1${path}`;
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    const startedAt = performance.now();
    const asking = request(url, { method, headers, agent: this.#agent }, (answer) => {
      answer.resume().once('end', () => {
        const tookMs = performance.now() - startedAt;
        if (answer.statusCode === expected) resolve(tookMs);
        else reject(new Error(`${method} ${path}: ${answer.statusCode}, not ${expected}`));
      });
    });
    asking.once('error', reject).end(body && JSON.stringify(body));
    return promise;
  }

  /** Calls as a guest whom nobody answers; until the answer to `placeCall`. */
  async call(to: string): Promise<number> {
    const client = await RawClient.open(this.#url, { from: this.#address() });
    try {
      const startedAt = performance.now();
      const { call } = await client.request('placeCall', { to, name: 'Greta', video: false });
      const tookMs = performance.now() - startedAt;
      if (call.outcome === 'unavailable') return tookMs;
      throw new Error(`The call of ${to} ended as ${call.outcome}`);
    } finally {
      await client.close();
    }
  }

  close(): void {
    this.#agent.destroy();
  }

  #address(): string {
    this.#looks += 1;
    return `10.${(this.#looks >> 16) & 255}.${(this.#looks >> 8) & 255}.${this.#looks & 255}`;
  }
}
