import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Voicemail } from '../../../server/protocol/voicemail.ts';
import { Somebody } from '../../support/Somebody.ts';
import { judgeMessage } from '../../support/truth/judgeMessage.ts';
import { waitFor, within } from '../../support/waitFor.ts';
import { endLeftovers, KillableServer } from '../killServer.ts';
import { Caller } from './Caller.ts';
import type { Point } from './killSteps.ts';
import { isTidy, lookAtShelf } from './Shelf.ts';

export interface VoicemailKillRun {
  /** Empty: what was to be there is, and nothing else. */
  readonly faults: readonly string[];
  /** Of the end of what was said; undefined: it was not to be kept. */
  readonly lostMs: number | undefined;
  /** From the new start until it is in the mailbox, or gone. */
  readonly settledMs: number;
}

const PRELOAD = [join(import.meta.dirname, 'killAt.ts')];
/** The first and the last second of a voice may have no beep in them; what is left is no less than two. */
const SPEAK_MS = [4_500, 6_500] as const;
/** So much of the end may be lost. */
const LOSS_LIMIT_MS = 250;
const SETTLE_LIMIT_MS = 30_000;
/** Whoever is told of a state has been in it for a moment. */
const BEGUN_MS = 60;

const between = ([fromMs, toMs]: readonly [number, number]): number =>
  fromMs + Math.random() * (toMs - fromMs);

/** One mailbox whose server is killed again and again, and which never loses a message. */
export class VoicemailKill {
  readonly #folder: string;
  #server: KillableServer;
  #ana: Somebody;
  #kept: readonly Voicemail[] = [];
  #runs = 0;

  static async begin(): Promise<VoicemailKill> {
    const folder = mkdtempSync(join(tmpdir(), 'roomtone-voicemail-'));
    const server = await KillableServer.start(folder);
    const ana = await Somebody.create(server, 'ana');
    await ana.set({ availability: 'doNotDisturb' });
    return new VoicemailKill(folder, server, ana);
  }

  private constructor(folder: string, server: KillableServer, ana: Somebody) {
    this.#folder = folder;
    this.#server = server;
    this.#ana = ana;
  }

  /** A message is left, the server dies at the point and comes back twice. */
  async strike(point: Point): Promise<VoicemailKillRun> {
    const untouched = await this.#restart(point);
    const n = (this.#runs++ % 10) + 1;
    const caller = await Caller.call({ url: this.#server.url, to: 'ana', name: `Caller ${n}`, n });
    try {
      const at = await this.#act(caller, point);
      await caller.leave();
      await this.#restart();
      const judged = await this.#judge(caller, point, at);
      return { ...judged, faults: [...untouched, ...judged.faults] };
    } finally {
      await caller.leave();
    }
  }

  async close(): Promise<void> {
    await this.#server.kill('group');
    await endLeftovers(this.#folder);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Killed, if it was not, and started anew; what is then another than before. */
  async #restart(point?: Point): Promise<string[]> {
    await this.#server.kill('group');
    const short = point?.outside?.state !== 'greeting';
    const options = point && {
      preload: PRELOAD,
      env: { KILL_AT: point.at ?? '', ...(short && { GREETING: 'short' }) },
    };
    this.#server = await KillableServer.start(this.#folder, options);
    this.#ana = this.#ana.at(this.#server);
    if (!point) return [];
    const isSame = JSON.stringify(await this.#mailbox()) === JSON.stringify(this.#kept);
    const isStillTidy = isTidy(lookAtShelf(this.#folder));
    return isSame && isStillTidy ? [] : ['a second start changed something'];
  }

  /** Does all that a caller does, until the server is dead. */
  async #act(caller: Caller, { outside }: Point): Promise<Struck> {
    const server = this.#server;
    const struck: Struck = { fromMs: NaN, saidUntilMs: NaN, killedMs: NaN };
    const act = async (): Promise<void> => {
      const killAfter = async (state: string): Promise<void> => {
        if (outside?.state !== state) return;
        const waitMs = between([outside.fromMs, outside.toMs]);
        if (state === 'finishing') await caller.is(state);
        await delay(waitMs);
        await server.kill('group');
      };
      await caller.begin({ url: server.url, to: 'ana' });
      await killAfter('greeting');
      const { recordingSince } = await caller.is('recording');
      struck.fromMs = Date.parse(recordingSince ?? '') - Date.now() + performance.now();
      await killAfter('recording');
      if (outside?.state === 'recording') return;
      await delay(between(SPEAK_MS));
      struck.saidUntilMs = performance.now();
      // Some listen first, most only send.
      const stopped = Math.random() < 0.3 ? caller.stop() : undefined;
      const sent = Promise.resolve(stopped).then(() => caller.send());
      await Promise.all([sent, killAfter('finishing')]);
      await killAfter('saved');
    };
    const acting = act().catch(async (error: unknown) => {
      // Nobody answers any more, or something else went wrong.
      await within(2_000, 'it dies', server.gone).catch(() => {
        throw error;
      });
    });
    await within(60_000, 'it dies', Promise.all([acting, server.gone]));
    struck.killedMs = await server.gone;
    return struck;
  }

  async #judge(
    caller: Caller,
    { fate }: Point,
    { fromMs, saidUntilMs, killedMs }: Struck,
  ): Promise<VoicemailKillRun> {
    const since = performance.now();
    const faults: string[] = [];
    await waitFor('it is tidy', () => lookAtShelf(this.#folder), isTidy, {
      timeoutMs: SETTLE_LIMIT_MS,
    }).catch((error: unknown) => faults.push(String(error)));
    const settledMs = performance.now() - since;
    const mailbox = await this.#mailbox();
    const before = new Map(this.#kept.map((message) => [message.id, JSON.stringify(message)]));
    const fresh = mailbox.filter(({ id }) => !before.has(id));
    const others = mailbox.filter((one) => before.get(one.id) === JSON.stringify(one));
    if (others.length < before.size) faults.push('a message of before is gone, or another');
    this.#kept = mailbox;
    if (caller.wasToldSaved && fresh.length === 0) faults.push('acknowledged, and lost');
    if (fate === 'gone') {
      if (fresh.length > 0) faults.push('delivered, and there was nothing in it');
      return { faults, lostMs: undefined, settledMs };
    }
    const [message] = fresh;
    if (fresh.length !== 1 || !message) {
      return { faults: [...faults, `delivered ${fresh.length} times`], lostMs: NaN, settledMs };
    }
    const isWhole = fate === 'whole' || caller.wasToldSaved;
    const isWrong = message.partial ? isWhole : fate === 'partial';
    if (isWrong) faults.push(`partial: ${message.partial}`);
    if (message.from.displayName !== caller.name) faults.push('somebody else’s');
    const endMs = Number.isNaN(saidUntilMs) ? killedMs - LOSS_LIMIT_MS : saidUntilMs - BEGUN_MS;
    const said = { n: caller.n, zeroMs: caller.voice.zeroMs, fromMs, untilMs: endMs };
    const judged = await judgeMessage(this.#ana, message, said);
    const lostMs = judged.lostMs + (Number.isNaN(saidUntilMs) ? LOSS_LIMIT_MS : 0);
    return { faults: [...faults, ...judged.faults], lostMs, settledMs };
  }

  async #mailbox(): Promise<Voicemail[]> {
    const items: Voicemail[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const from: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const page: Page = await this.#ana.read<Page>(`/voicemails?limit=100${from}`);
      items.push(...page.items);
      cursor = page.nextCursor;
    }
    return items;
  }
}

interface Page {
  readonly items: Voicemail[];
  readonly nextCursor: string | null;
}

/** Times of the process; NaN: it did not come to that. */
interface Struck {
  /** The beep was over. */
  fromMs: number;
  /** Stop, or Send, was pressed. */
  saidUntilMs: number;
  killedMs: number;
}
