/** What must have become of a message when the server is back. */
export type Fate =
  /** Nothing of it is left, on disk or in the database. */
  | 'gone'
  /** In the mailbox, as cut short. */
  | 'partial'
  /** In the mailbox, as it was sent. */
  | 'whole'
  /** In the mailbox: as it was sent if that came in time, else as cut short. */
  | 'kept';

export interface Point {
  /** For `killAt.ts`; absent: it is killed from outside. */
  readonly at?: string;
  /** From outside, so long after this state, or at the latest after this, was told. */
  readonly outside?: { readonly state: string; readonly fromMs: number; readonly toMs: number };
  readonly fate: Fate;
}

const inside = (fate: Fate, ...names: string[]): Point[] => names.map((at) => ({ at, fate }));

/** The eight steps of a message on its way into a mailbox, and where in each of them it strikes. */
export const STEPS: Readonly<Record<string, readonly Point[]>> = {
  reserve: inside('gone', 'reserve.before', 'reserve.after'),
  folder: inside(
    'gone',
    'folder.before',
    'folder.half',
    'folder.made',
    'folder.row',
    'folder.known',
  ),
  greeting: [{ outside: { state: 'greeting', fromMs: 0, toMs: 7_500 }, fate: 'gone' }],
  journal: [
    { outside: { state: 'recording', fromMs: 0, toMs: 1_200 }, fate: 'gone' },
    { outside: { state: 'recording', fromMs: 4_500, toMs: 6_500 }, fate: 'partial' },
  ],
  stop: inside('partial', 'stop.before', 'stop.sync', 'stop.synced'),
  file: [
    { outside: { state: 'finishing', fromMs: 0, toMs: 500 }, fate: 'kept' },
    ...inside('partial', 'file.sync', 'file.synced'),
  ],
  row: inside(
    'partial',
    'row.renamed',
    'row.outcome',
    'row.journals',
    'row.journalsGone',
    'row.before',
    'row.after',
  ),
  deliver: [
    ...inside('partial', 'deliver.before', 'deliver.inside', 'deliver.commit'),
    ...inside('whole', 'saved.untold', 'saved.telling', 'saved.told'),
    { outside: { state: 'saved', fromMs: 0, toMs: 200 }, fate: 'whole' },
  ],
};

/** `step.where`, or `step, fate` of those from outside. */
export const nameOf = (step: string, { at, fate }: Point): string => at ?? `${step}, ${fate}`;

export const POINTS: Readonly<Record<string, Point>> = Object.fromEntries(
  Object.entries(STEPS).flatMap(([step, points]) =>
    points.map((point) => [nameOf(step, point), point]),
  ),
);
