/** What is seen of a join from outside the page's own code. Times are milliseconds of one clock. */
export interface JoinMarks {
  readonly click: number;
  readonly socketOpen: number;
  readonly joinReply: number;
  /** The receiving end of the first track exists. */
  readonly track: number;
  /** ICE and DTLS of the receiving connection. */
  readonly connected: number;
  readonly firstFrame: number;
}

declare global {
  /** Resolves when the first picture is on the screen. */
  var joinMarks: Promise<Partial<JoinMarks>>;
}

/** Runs in the page before anything else: everything it needs is inside. */
export const observeJoin = (): void => {
  const marks: Partial<Record<keyof JoinMarks, number>> = {};
  const mark = (name: keyof JoinMarks): void => {
    marks[name] ??= performance.now();
  };
  const { promise, resolve } = Promise.withResolvers<Partial<JoinMarks>>();
  globalThis.joinMarks = promise;
  addEventListener(
    'click',
    ({ target }) => {
      if (target instanceof HTMLButtonElement && target.textContent === 'Join') mark('click');
    },
    { capture: true },
  );
  globalThis.WebSocket = class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      this.addEventListener('open', () => mark('socketOpen'));
      this.addEventListener('message', ({ data }) => {
        if (String(data).includes('"response":true')) mark('joinReply');
      });
    }
  };
  globalThis.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      this.addEventListener('track', () => mark('track'));
      this.addEventListener('connectionstatechange', () => {
        if (this.connectionState === 'connected') mark('connected');
      });
    }
  };
  const watched = new WeakSet<HTMLVideoElement>();
  new MutationObserver(() => {
    for (const video of document.querySelectorAll('video')) {
      if (watched.has(video)) continue;
      watched.add(video);
      video.requestVideoFrameCallback(() => {
        mark('firstFrame');
        resolve(marks);
      });
    }
  }).observe(document, { childList: true, subtree: true });
};
