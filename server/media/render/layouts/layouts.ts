import type { ParticipantId } from '../../../protocol/ids.ts';
import type { RenderLayout } from '../../../protocol/renders.ts';
import { cells, evenBox, mainAndStrip, whole } from './boxes.ts';
import type { Layout, Present } from './Layout.ts';

/** More faces than that cannot be told apart. */
const MAX_IN_GRID = 25;
const MAX_IN_STRIP = 5;

/** Those with a picture first; else as they came. */
const byPicture = (present: readonly Present[]): Present[] =>
  present.toSorted((a, b) => Number(b.hasCamera) - Number(a.hasCamera));

/** As they came, and when not all have room those who are seen. */
const select = (present: readonly Present[], count: number): readonly Present[] => {
  if (present.length <= count) return present;
  const chosen = new Set(byPicture(present).slice(0, count));
  return present.filter((one) => chosen.has(one));
};

/** Everybody alike; what is shown takes a place like a person. */
const grid: Layout = ({ present }, frame) => {
  const shown = present.filter(({ hasScreen }) => hasScreen);
  const people = select(present, Math.max(1, MAX_IN_GRID - shown.length));
  const tiles = [
    ...shown.map(({ id }) => ({ id, source: 'screen' as const })),
    ...people.map(({ id }) => ({ id, source: 'camera' as const })),
  ].slice(0, MAX_IN_GRID);
  const boxes = cells(tiles.length, whole(frame));
  return tiles.flatMap((tile, i) => {
    const box = boxes[i];
    return box ? [{ ...tile, box }] : [];
  });
};

/** Large who speaks, the others in a strip. */
const speaker: Layout = (moment, frame) => {
  const large = moment.speaker ?? byPicture(moment.present)[0]?.id;
  if (large === undefined) return [];
  const others = moment.present.filter(({ id }) => id !== large);
  if (others.length === 0) return single(large)(moment, frame);
  const { main, strip } = mainAndStrip(frame);
  const beside = select(others, MAX_IN_STRIP);
  const boxes = cells(Math.max(beside.length, 3), strip);
  return [
    { id: large, source: 'camera', box: main },
    ...beside.flatMap(({ id }, i) => {
      const box = boxes[i];
      return box ? [{ id, source: 'camera' as const, box }] : [];
    }),
  ];
};

/** Large what is shown, beside it who speaks; as long as nothing is shown, who speaks. */
const screen: Layout = (moment, frame) => {
  const shown = moment.present.findLast(({ hasScreen }) => hasScreen);
  if (!shown) return speaker(moment, frame);
  const { main, strip } = mainAndStrip(frame);
  const talking = moment.speaker ?? shown.id;
  const others = moment.present.filter(({ id }) => id !== talking);
  const beside = [talking, ...select(others, 2).map(({ id }) => id)];
  const boxes = cells(3, strip);
  return [
    { id: shown.id, source: 'screen', box: main },
    ...beside.flatMap((id, i) => {
      const box = boxes[i];
      return box ? [{ id, source: 'camera' as const, box }] : [];
    }),
  ];
};

/** One person, and nobody else. */
const single =
  (person: ParticipantId): Layout =>
  ({ present }, frame) =>
    present.some(({ id }) => id === person)
      ? [{ id: person, source: 'camera', box: evenBox(whole(frame)) }]
      : [];

/** `person`: of `single`. */
export const layoutOf = (layout: RenderLayout, person: ParticipantId | null): Layout => {
  switch (layout) {
    case 'speaker':
      return speaker;
    case 'screen':
      return screen;
    case 'single':
      return person === null ? grid : single(person);
    case 'grid':
    case 'audio':
      return grid;
    default:
      return layout satisfies never;
  }
};
