import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import type { RefObject } from 'preact';
import { recall, remember } from './memory.ts';

/** `true` once `flag` has been set for a while: not for what is over in a moment. */
export const useLasting = (flag: boolean, ms: number): boolean => {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    setLasting(false);
    if (!flag) return undefined;
    const timer = setTimeout(() => setLasting(true), ms);
    return () => clearTimeout(timer);
  }, [flag, ms]);
  return flag && lasting;
};

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The size of an element's content box, known before the first painting. */
export const useSize = (ref: RefObject<HTMLElement | null>): Size | null => {
  const [size, setSize] = useState<Size | null>(null);
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return undefined;
    const take = (width: number, height: number) =>
      setSize((old) => (old?.width === width && old.height === height ? old : { width, height }));
    take(element.clientWidth, element.clientHeight);
    const observer = new ResizeObserver(() => take(element.clientWidth, element.clientHeight));
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return size;
};

const LETTERS_OFF = 'lettersOff';

/** Whether single letters are shortcuts; who has switched them off finds them off everywhere. */
export const useLetters = (): [letters: boolean, set: (on: boolean) => void] => {
  const [letters, setLetters] = useState(recall(LETTERS_OFF) === null);
  const set = (on: boolean) => {
    setLetters(on);
    remember(LETTERS_OFF, on ? null : 'yes');
  };
  return [letters, set];
};
