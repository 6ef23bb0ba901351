/** How a row of the list is found again, and the keyboard put there. */

const rowOf = (id: string): HTMLElement | null =>
  document.querySelector<HTMLElement>(`[data-message="${id}"]`);

/** False: it is not on the page. */
export const focusMessage = (id: string): boolean => {
  const row = rowOf(id);
  row?.focus({ preventScroll: true });
  row?.scrollIntoView({ block: 'nearest' });
  return row !== null;
};

/** The message that has the keyboard, or in which something has it. */
export const focusedMessage = (): string | null =>
  document.activeElement?.closest<HTMLElement>('[data-message]')?.dataset['message'] ?? null;

export const focusUndo = (): void => {
  document.querySelector<HTMLElement>('.toast.news .button')?.focus();
};
