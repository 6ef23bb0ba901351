/** Waits for a condition; when it does not come true, the reason is the error. */
export const until = async (
  reason: string,
  condition: () => boolean | Promise<boolean>,
  timeoutMs = 10_000,
): Promise<void> => {
  const deadline = performance.now() + timeoutMs;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`Not within ${timeoutMs} ms: ${reason}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};
