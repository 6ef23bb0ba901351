/** What is seen of a call from outside the page's own code, in ms since 1970. */
export interface CallMarks {
  /** The click that begins it: Call, Accept or Join. */
  readonly click: number;
  /** The dialog that says who calls. */
  readonly ringing: number;
  /** Something of the other one can be heard. */
  readonly sound: number;
  /** Of the one who came after: whoever leaves a message hears the greeting first. */
  readonly secondSound: number;
}

declare global {
  var callMarks: Partial<CallMarks>;
}

/** Runs in the page before anything else: everything it needs is inside. */
export const observeCall = (): void => {
  const LOUD = 0.01;
  const marks: Partial<Record<keyof CallMarks, number>> = {};
  globalThis.callMarks = marks;
  const mark = (name: keyof CallMarks): void => {
    marks[name] ??= performance.timeOrigin + performance.now();
  };
  addEventListener(
    'click',
    ({ target }) => {
      const button = target instanceof Element ? target.closest('button') : null;
      if (/^(Call|Accept|Join|Pick up)$/.test(button?.textContent?.trim() ?? '')) mark('click');
    },
    { capture: true },
  );
  let heard = 0;
  const listen = (track: MediaStreamTrack): void => {
    const name = heard === 0 ? 'sound' : 'secondSound';
    heard += 1;
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
    const samples = new Float32Array(256);
    const timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      if (!samples.some((sample) => Math.abs(sample) > LOUD)) return;
      mark(name);
      clearInterval(timer);
      void context.close();
    }, 5);
  };
  globalThis.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      this.addEventListener('track', ({ track }) => {
        if (track.kind === 'audio') listen(track);
      });
    }
  };
  new MutationObserver(() => {
    const dialogs = [...document.querySelectorAll('dialog[open] button')];
    if (dialogs.some((button) => button.textContent?.trim() === 'Accept')) mark('ringing');
  }).observe(document, { childList: true, subtree: true, attributes: true });
};
