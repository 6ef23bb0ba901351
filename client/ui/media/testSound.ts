/** A rising chord, in hertz. */
const NOTES_HZ = [392, 494, 587];
const NOTE_SECONDS = 0.22;
const FADE_SECONDS = 0.5;
const VOLUME = 0.2;

/** Plays a short sound on the speaker that `route` gives the element. */
export const playTestSound = async (
  route: (element: HTMLMediaElement) => Promise<void>,
): Promise<void> => {
  const context = new AudioContext();
  const output = context.createMediaStreamDestination();
  const element = new Audio();
  element.srcObject = output.stream;
  await route(element);
  await element.play();
  const start = context.currentTime + 0.05;
  const notes = NOTES_HZ.map((frequency, i) => {
    const at = start + i * NOTE_SECONDS;
    const gain = new GainNode(context, { gain: 0 });
    gain.gain.setValueAtTime(0, at);
    gain.gain.linearRampToValueAtTime(VOLUME, at + 0.02);
    gain.gain.exponentialRampToValueAtTime(0.001, at + NOTE_SECONDS + FADE_SECONDS);
    const note = new OscillatorNode(context, { frequency, type: 'sine' });
    note.connect(gain).connect(output);
    note.start(at);
    note.stop(at + NOTE_SECONDS + FADE_SECONDS);
    return note;
  });
  notes.at(-1)?.addEventListener('ended', () => {
    element.srcObject = null;
    void context.close();
  });
};
