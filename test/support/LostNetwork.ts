import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromiumBin } from './browser.ts';

const run = promisify(execFile);
const ip = async (...args: string[]): Promise<void> => {
  await run('ip', args);
};

/**
 * A network of one's own for one browser: its namespace, this machine, and a bridge between them in
 * a third namespace. What the bridge does not carry is lost without either end being told.
 */
export class LostNetwork {
  /** This machine, as the browser sees it. */
  readonly serverAddress: string;
  readonly #id: string;
  readonly #folder: string;

  /** Why there can be none here; undefined when there can. */
  static async whyNot(): Promise<string | undefined> {
    if (process.getuid?.() !== 0) return 'network namespaces need root';
    try {
      const network = await LostNetwork.create();
      await network.close();
      return undefined;
    } catch (error) {
      const [reason] = (error as Error).message.trim().split('\n').toReversed();
      return `no network namespaces here (${reason ?? 'unknown'})`;
    }
  }

  static async create(): Promise<LostNetwork> {
    const network = new LostNetwork();
    try {
      await network.#build();
    } catch (error) {
      await network.close();
      throw error;
    }
    return network;
  }

  private constructor() {
    this.#id = `rt${process.pid}`;
    this.#folder = mkdtempSync(join(tmpdir(), 'roomtone-netns-'));
    this.serverAddress = this.#address(1);
  }

  /** A program that starts Chromium inside. */
  get wrapper(): string {
    const path = join(this.#folder, 'chromium');
    writeFileSync(path, `#!/bin/sh\nexec ip netns exec ${this.#inside} '${chromiumBin()}' "$@"\n`);
    chmodSync(path, 0o755);
    return path;
  }

  /** From now on every packet is lost, both ways. */
  async drop(): Promise<void> {
    await ip('-n', this.#between, 'link', 'set', 'dev', 'inner', 'nomaster');
  }

  async restore(): Promise<void> {
    await ip('-n', this.#between, 'link', 'set', 'dev', 'inner', 'master', 'hub');
  }

  /** Idempotent; takes the namespaces and everything in them away. */
  async close(): Promise<void> {
    // Namespaces go in the background: by the time the next one is made the name must be free.
    await ip('link', 'del', 'dev', this.#outside).catch(() => {});
    await Promise.all(
      [this.#inside, this.#between].map((name) => ip('netns', 'del', name).catch(() => {})),
    );
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get #inside(): string {
    return `${this.#id}-in`;
  }

  get #between(): string {
    return `${this.#id}-between`;
  }

  get #outside(): string {
    return `${this.#id}-out`;
  }

  /** Of the range for tests between networks (RFC 2544): nobody has a route there. */
  #address(host: number): string {
    return `198.18.${process.pid % 250}.${host}`;
  }

  async #build(): Promise<void> {
    await ip('netns', 'add', this.#inside);
    await ip('netns', 'add', this.#between);
    await ip('-n', this.#between, 'link', 'add', 'name', 'hub', 'type', 'bridge');
    await ip('-n', this.#between, 'link', 'set', 'dev', 'hub', 'up');
    await ip(
      'link',
      'add',
      'name',
      this.#outside,
      'type',
      'veth',
      'peer',
      'name',
      'outer',
      'netns',
      this.#between,
    );
    const peer = ['peer', 'name', 'inner', 'netns', this.#between];
    await ip('-n', this.#inside, 'link', 'add', 'name', 'eth0', 'type', 'veth', ...peer);
    for (const port of ['inner', 'outer']) {
      await ip('-n', this.#between, 'link', 'set', 'dev', port, 'master', 'hub', 'up');
    }
    await ip('addr', 'add', `${this.#address(1)}/24`, 'dev', this.#outside);
    await ip('link', 'set', 'dev', this.#outside, 'up');
    await ip('-n', this.#inside, 'addr', 'add', `${this.#address(2)}/24`, 'dev', 'eth0');
    await ip('-n', this.#inside, 'link', 'set', 'dev', 'eth0', 'up');
    await ip('-n', this.#inside, 'link', 'set', 'dev', 'lo', 'up');
  }
}
