import { scheduleNotes, type Melody, type Route } from './sounds.ts';

const GESTURES = ['pointerdown', 'keydown'] as const;

/**
 * Plays notes every so often until the returned function is called, and is silent at once then. A
 * browser that wants a gesture before it plays anything begins with the next one.
 */
export const playAgainAndAgain = (melody: Melody, everyMs: number, route: Route): (() => void) => {
  const context = new AudioContext();
  const output = context.createMediaStreamDestination();
  const element = document.body.appendChild(new Audio());
  element.hidden = true;
  element.srcObject = output.stream;
  const play = () => {
    if (context.state === 'running') scheduleNotes(context, output, melody);
  };
  const begin = () => {
    void context.resume().catch(() => {});
    element.play().catch(() => {
      // Refused until there is a gesture.
    });
  };
  context.addEventListener('statechange', play);
  const timer = setInterval(play, everyMs);
  for (const gesture of GESTURES) addEventListener(gesture, begin);
  void route(element).then(begin);
  return () => {
    clearInterval(timer);
    for (const gesture of GESTURES) removeEventListener(gesture, begin);
    context.removeEventListener('statechange', play);
    element.srcObject = null;
    element.remove();
    void context.close();
  };
};
