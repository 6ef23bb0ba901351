import type { ParticipantId } from '../../../../server/protocol/ids.ts';
import type { RenderLayout, RenderWish } from '../../../../server/protocol/renders.ts';

/** `1:02`, `1:02:03`, `62`; null for nothing, undefined for what is no time. */
export const readMinutes = (typed: string): number | null | undefined => {
  const text = typed.trim();
  if (text === '') return null;
  const parts = /^(?:(?:(\d{1,3}):)?(\d{1,4}):)?(\d{1,5}(?:[.,]\d{1,3})?)$/.exec(text);
  if (parts === null) return undefined;
  const [, hours = '0', minutes = '0', seconds = '0'] = parts;
  const s = Number(seconds.replace(',', '.'));
  if (parts[2] !== undefined && s >= 60) return undefined;
  return Math.round((Number(hours) * 3600 + Number(minutes) * 60 + s) * 1000);
};

export type Part = 'whole' | 'silenced' | 'without';

/** The form, as it stands. */
export interface WishForm {
  readonly layout: RenderLayout;
  readonly person: ParticipantId | null;
  readonly parts: ReadonlyMap<ParticipantId, Part>;
  readonly from: string;
  readonly to: string;
  readonly size: NonNullable<RenderWish['size']>;
  readonly format: NonNullable<RenderWish['format']>;
  readonly pauses: NonNullable<RenderWish['pauses']>;
}

export const newWishForm: WishForm = {
  layout: 'grid',
  person: null,
  parts: new Map(),
  from: '',
  to: '',
  size: '720p',
  format: 'mp4',
  pauses: 'cut',
};

export type WishProblems = Partial<Record<'person' | 'parts' | 'from' | 'to', string>>;

const NO_TIME = 'Please write minutes and seconds, such as 1:30.';

const problemsOf = (
  { layout, person, parts }: WishForm,
  { fromMs, toMs }: { fromMs: number | null | undefined; toMs: number | null | undefined },
  { durationMs, people }: { durationMs: number; people: readonly ParticipantId[] },
): WishProblems => {
  const problems: WishProblems = {};
  if (layout === 'single' && person === null) problems.person = 'Please choose whom.';
  if (people.length > 0 && people.every((id) => parts.get(id) === 'without')) {
    problems.parts = 'Somebody has to be left.';
  }
  if (fromMs === undefined) problems.from = NO_TIME;
  else if (fromMs !== null && fromMs >= durationMs) problems.from = 'It is over by then.';
  if (toMs === undefined) problems.to = NO_TIME;
  else if (toMs !== null && toMs <= (fromMs ?? 0)) problems.to = 'This is before it begins.';
  return problems;
};

/** What to ask the server for, or what is wrong, field by field. */
export const readWish = (
  form: WishForm,
  recording: { durationMs: number; people: readonly ParticipantId[] },
): { wish: RenderWish } | { problems: WishProblems } => {
  const [fromMs, toMs] = [readMinutes(form.from), readMinutes(form.to)];
  const problems = problemsOf(form, { fromMs, toMs }, recording);
  if (Object.keys(problems).length > 0) return { problems };
  const { layout, size, format, pauses, person, parts } = form;
  const chosen = (wanted: Part): ParticipantId[] =>
    recording.people.filter((id) => parts.get(id) === wanted);
  const [without, silenced] = [chosen('without'), chosen('silenced')];
  return {
    wish: {
      layout,
      format,
      pauses,
      ...(layout !== 'audio' && { size }),
      ...(layout === 'single' && person !== null && { person }),
      ...(without.length > 0 && { without }),
      ...(silenced.length > 0 && { silenced }),
      ...(fromMs !== null && fromMs !== undefined && { fromMs }),
      ...(toMs !== null && toMs !== undefined && { toMs }),
    },
  };
};
