/** Slow enough to be read. */
const FLASH_MS = 1000;

/** Alternates what is on the tab with these words; the returned function brings back what was there. */
export const flashTitle = (words: string): (() => void) => {
  let page = document.title;
  let shown = false;
  const turn = () => {
    // The page under it may have changed its own words meanwhile.
    if (document.title !== words) page = document.title;
    shown = !shown;
    document.title = shown ? words : page;
  };
  turn();
  const timer = setInterval(turn, FLASH_MS);
  return () => {
    clearInterval(timer);
    if (document.title === words) document.title = page;
  };
};
