import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useCall } from './context.ts';
import { gridLayout, stripLayout } from './layout.ts';
import { sharesOf } from './people.ts';
import { Stage } from './Stage.tsx';
import { TileList } from './TileList.tsx';

const GRID_GAP = 10;
const STRIP_GAP = 8;

/** The grid, or a shared screen with everybody in a strip beside it. */
export const Stages = (): JSX.Element => {
  const { store } = useCall();
  const [chosenId, setChosen] = useState<string | null>(null);
  const shares = sharesOf(store.participants.value, store.self.value?.id);
  const chosen = shares.find(({ track }) => track.id === chosenId) ?? shares.at(-1);
  return (
    <div class="stages" data-sharing={chosen !== undefined}>
      {chosen && <Stage shares={shares} chosen={chosen} onChoose={setChosen} />}
      <TileList rule={chosen ? stripLayout : gridLayout} gap={chosen ? STRIP_GAP : GRID_GAP} />
    </div>
  );
};
