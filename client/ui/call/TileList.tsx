import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { Icon } from '../parts/Icon.tsx';
import { useSize } from '../parts/hooks.ts';
import { useCall } from './context.ts';
import { pageOf, type GridLayout, type TileSpace } from './layout.ts';
import { tileOrder } from './people.ts';
import { Tile } from './Tile.tsx';

export type LayoutRule = (space: TileSpace) => GridLayout;

const Pager = ({
  page,
  pages,
  onTurn,
}: {
  page: number;
  pages: number;
  onTurn: (page: number) => void;
}): JSX.Element => (
  <div class="pager">
    <button
      type="button"
      class="button quiet icon-only"
      aria-label="Previous page"
      disabled={page === 0}
      onClick={() => onTurn(page - 1)}
    >
      <Icon name="previous" />
    </button>
    <span role="status">
      <span class="vh">Page </span>
      {page + 1} / {pages}
    </span>
    <button
      type="button"
      class="button quiet icon-only"
      aria-label="Next page"
      disabled={page === pages - 1}
      onClick={() => onTurn(page + 1)}
    >
      <Icon name="next" />
    </button>
  </div>
);

/** Everybody, page by page, laid out by `rule` in whatever room there is. */
export const TileList = ({ rule, gap }: { rule: LayoutRule; gap: number }): JSX.Element => {
  const { store } = useCall();
  const ref = useRef<HTMLDivElement>(null);
  const area = useSize(ref);
  const [wantedPage, setPage] = useState(0);

  const people = tileOrder(store.participants.value, store.self.value?.id);
  const layout = area && rule({ count: people.length, gap, ...area });
  const page = layout ? Math.min(wantedPage, layout.pages - 1) : 0;
  return (
    <div class="tile-area">
      <div class="tile-space" ref={ref}>
        {layout && (
          <ul
            class="tiles"
            aria-label="Participants"
            style={{
              '--gap': `${gap}px`,
              '--tile-width': `${layout.tileWidth}px`,
              '--tile-height': `${layout.tileHeight}px`,
              '--columns': String(layout.columns),
            }}
          >
            {pageOf(people, page, layout.perPage).map((participant) => (
              <Tile key={participant.id} participant={participant} />
            ))}
          </ul>
        )}
      </div>
      {layout && layout.pages > 1 && <Pager page={page} pages={layout.pages} onTurn={setPage} />}
    </div>
  );
};
