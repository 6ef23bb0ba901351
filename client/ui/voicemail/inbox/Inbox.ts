import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type { MailboxRole } from '../../../../server/protocol/mailboxes.ts';
import type { VoicemailId } from '../../../../server/protocol/ids.ts';
import type { Voicemail, VoicemailPage } from '../../../../server/protocol/voicemail.ts';
import type { VoicemailClient } from '../../../core/VoicemailClient.ts';
import { showToast } from '../../parts/toasts.ts';
import { failureWords } from '../../people/failureWords.ts';
import { continued, NOTHING, renewed, replaced, type Found, type View } from './list/Found.ts';
import { MessagePlayer } from './player/MessagePlayer.ts';

const PAGE = 50;
/** Of changes at once: more are quicker, and in the way of whatever else is asked for. */
const AT_ONCE = 4;
const TOPIC = 'voicemail';

export type Patch = Parameters<VoicemailClient['change']>[1];

export interface InboxOptions {
  readonly client: VoicemailClient;
  /** One that is looked after with others; absent: one's own. */
  readonly shared?: { readonly name: string; readonly role: MailboxRole } | undefined;
  /** Something is another way now: there may be more or fewer new ones. */
  readonly onChanged: () => void;
}

/** One's mailbox as one looks at it: what of it is shown, what is open, and what is ticked. */
export class Inbox {
  readonly client: VoicemailClient;
  readonly isShared: boolean;
  /** May be heard, and no more. */
  readonly isReadOnly: boolean;
  readonly view = signal<View>({ folder: 'inbox', q: '', sort: 'newest', only: 'all' });
  readonly found: ReadonlySignal<Found>;
  /** What is listed; one that a link leads to comes first, wherever it belongs. */
  readonly messages: ReadonlySignal<readonly Voicemail[]>;
  /** The message that is open, and what plays it. */
  readonly player = signal<MessagePlayer | null>(null);
  /** Null: nothing is being selected. */
  readonly ticked = signal<ReadonlySet<VoicemailId> | null>(null);
  readonly #options: InboxOptions;
  readonly #found = signal<Found>(NOTHING);
  readonly #linked = signal<Voicemail | null>(null);
  #asked = 0;

  constructor(options: InboxOptions) {
    this.#options = options;
    this.client = options.client;
    this.isShared = options.shared !== undefined;
    this.isReadOnly = options.shared?.role === 'reader';
    this.found = this.#found;
    this.messages = computed(() => {
      const { messages } = this.#found.value;
      const linked = this.#linked.value;
      const isListed = linked === null || messages.some(({ id }) => id === linked.id);
      return isListed ? messages : [linked, ...messages];
    });
  }

  show(view: Partial<View>): void {
    this.view.value = { ...this.view.peek(), ...view };
    this.#linked.value = null;
    this.#found.value = NOTHING;
    if (view.folder !== undefined) this.close();
    if (this.ticked.peek() !== null) this.ticked.value = new Set();
    this.look();
  }

  /** The first of them, anew. */
  look(): void {
    const { sort, only } = this.view.peek();
    void this.#ask(null, (old, page) => {
      const openId = this.player.peek()?.id;
      const open = old.messages.find(({ id }) => id === openId);
      return renewed(old, page, { sort, kept: only === 'unread' ? open : undefined });
    });
  }

  more(): void {
    const { cursor, state } = this.#found.peek();
    if (cursor === null || state === 'looking') return;
    this.#found.value = { ...this.#found.peek(), state: 'looking' };
    void this.#ask(cursor, continued);
  }

  /** Shows one that a link leads to, in whatever folder it is. */
  async openLinked(id: VoicemailId): Promise<void> {
    try {
      const message = await this.client.get(id, this.#options.shared?.name);
      const { folder } = message;
      this.show({ folder, q: '', only: 'all' });
      this.#linked.value = message;
      this.open(message);
    } catch (error) {
      showToast(failureWords(error), { kind: 'error', topic: TOPIC });
      this.look();
    }
  }

  open(message: Voicemail): MessagePlayer {
    const now = this.player.peek();
    if (now?.id === message.id) return now;
    const player = new MessagePlayer(message, {
      onHeard: () => void this.#hear(message.id),
    });
    this.close();
    this.player.value = player;
    return player;
  }

  close(): void {
    this.player.peek()?.pause();
    this.player.value = null;
  }

  /** Plays it, or pauses what plays. */
  toggle(message: Voicemail): void {
    this.open(message).toggle();
  }

  tick(id: VoicemailId, on: boolean): void {
    const others = [...(this.ticked.peek() ?? [])].filter((other) => other !== id);
    this.ticked.value = new Set(on ? [...others, id] : others);
  }

  /** All of them, or as many as the server takes. Resolves to those that are changed. */
  change(messages: readonly Voicemail[], patch: Patch): Promise<readonly Voicemail[]> {
    return this.#each(messages, async ({ id, mailbox }) => {
      const changed = await this.client.change({ id, mailbox }, patch);
      if (this.#linked.peek()?.id === id) this.#linked.value = changed;
      if (changed.folder !== this.view.peek().folder) this.#forget(id);
      this.#found.value = replaced(this.#found.peek(), changed, this.view.peek());
    });
  }

  /** For good. */
  remove(messages: readonly Voicemail[]): Promise<readonly Voicemail[]> {
    return this.#each(messages, async ({ id, mailbox }) => {
      await this.client.remove({ id, mailbox });
      this.#forget(id);
    });
  }

  async emptyTrash(): Promise<void> {
    try {
      await this.client.emptyTrash(this.#options.shared?.name);
      this.close();
    } catch (error) {
      showToast(failureWords(error), { kind: 'error', topic: TOPIC });
    }
    this.look();
    this.#options.onChanged();
  }

  #forget(id: VoicemailId): void {
    if (this.player.peek()?.id === id) this.close();
    if (this.#linked.peek()?.id === id) this.#linked.value = null;
    if (this.ticked.peek()?.has(id) === true) this.tick(id, false);
    const old = this.#found.peek();
    this.#found.value = { ...old, messages: old.messages.filter((one) => one.id !== id) };
  }

  async #hear(id: VoicemailId): Promise<void> {
    if (this.isReadOnly) return;
    const message = this.messages.peek().find((one) => one.id === id);
    if (message?.readAt === null) await this.change([message], { read: true });
  }

  async #ask(
    cursor: string | null,
    take: (old: Found, page: VoicemailPage) => Found,
  ): Promise<void> {
    const turn = ++this.#asked;
    const isCurrent = () => turn === this.#asked;
    const { only, ...where } = this.view.peek();
    const user = this.#options.shared?.name;
    try {
      const page = await this.client.list({
        ...where,
        ...(user !== undefined && { user }),
        limit: PAGE,
        ...(only === 'unread' && { unread: true }),
        ...(only === 'urgent' && { urgent: true }),
        ...(cursor !== null && { cursor }),
      });
      if (isCurrent()) this.#found.value = take(this.#found.peek(), page);
    } catch {
      if (isCurrent()) this.#found.value = { ...this.#found.peek(), state: 'failed' };
    }
  }

  async #each(
    messages: readonly Voicemail[],
    work: (message: Voicemail) => Promise<void>,
  ): Promise<readonly Voicemail[]> {
    const waiting = [...messages];
    const done: Voicemail[] = [];
    const worker = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        try {
          await work(next);
          done.push(next);
        } catch (error) {
          showToast(failureWords(error), { kind: 'error', topic: TOPIC });
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    this.#options.onChanged();
    return done;
  }
}
