type Listener = (event: { data: unknown; code: number }) => void;

interface SentFrame {
  readonly id: number;
  readonly method: string;
  readonly data: unknown;
}

/** The server's end of a WebSocket that exists only in the test. */
export class FakeSocket {
  /** In the order they were opened; `forget` before each test. */
  static readonly all: FakeSocket[] = [];

  static get last(): FakeSocket {
    return FakeSocket.all.at(-1)!;
  }

  static forget(): void {
    FakeSocket.all.length = 0;
  }

  readonly sent: SentFrame[] = [];
  /** What the client closed it with; `null` while it has not. */
  closedWith: number | undefined | null = null;
  readonly #listeners = new Map<string, Listener[]>();

  constructor() {
    FakeSocket.all.push(this);
  }

  addEventListener(type: string, listener: Listener): void {
    this.#listeners.set(type, [...(this.#listeners.get(type) ?? []), listener]);
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text) as SentFrame);
  }

  close(code?: number): void {
    this.closedWith = code;
  }

  open(): void {
    this.#emit('open', {});
  }

  receive(frame: object | string): void {
    this.#emit('message', { data: typeof frame === 'string' ? frame : JSON.stringify(frame) });
  }

  /** The connection ends from the other side. */
  drop(code: number): void {
    this.#emit('close', { code });
  }

  /** The newest request of this method. */
  request(method: string): SentFrame | undefined {
    return this.sent.findLast((frame) => frame.method === method);
  }

  answer(method: string, data: object = {}): void {
    this.receive({ response: true, id: this.request(method)!.id, ok: true, data });
  }

  refuse(method: string, errorReason: string): void {
    const { id } = this.request(method)!;
    this.receive({ response: true, id, ok: false, errorCode: 400, errorReason });
  }

  #emit(type: string, event: object): void {
    for (const listener of this.#listeners.get(type) ?? []) {
      listener(event as { data: unknown; code: number });
    }
  }
}
