export interface Melody {
  readonly notesHz: readonly number[];
  readonly noteSeconds: number;
  readonly fadeSeconds: number;
  /** 0 to 1. */
  readonly volume: number;
}

export type Route = (element: HTMLMediaElement) => Promise<void>;

/** Schedules the notes, from now on. */
export const scheduleNotes = (
  context: AudioContext,
  output: AudioNode,
  melody: Melody,
): OscillatorNode[] => {
  const { notesHz, noteSeconds, fadeSeconds, volume } = melody;
  const start = context.currentTime + 0.05;
  return notesHz.map((frequency, i) => {
    const at = start + i * noteSeconds;
    const end = at + noteSeconds + fadeSeconds;
    const gain = new GainNode(context, { gain: 0 });
    gain.gain.setValueAtTime(0, at);
    gain.gain.linearRampToValueAtTime(volume, at + 0.02);
    gain.gain.exponentialRampToValueAtTime(0.001, end);
    const note = new OscillatorNode(context, { frequency, type: 'sine' });
    note.connect(gain).connect(output);
    note.start(at);
    note.stop(end);
    return note;
  });
};

/** Plays notes, one after the other, on the speaker that `route` gives the element. */
export const playMelody = async (melody: Melody, route: Route): Promise<void> => {
  const context = new AudioContext();
  const output = context.createMediaStreamDestination();
  const element = new Audio();
  element.srcObject = output.stream;
  await route(element);
  await element.play();
  const notes = scheduleNotes(context, output, melody);
  notes.at(-1)?.addEventListener('ended', () => {
    element.srcObject = null;
    void context.close();
  });
};
