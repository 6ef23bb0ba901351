const dim = process.stdout.isTTY ? (text: string) => `\u001b[2m${text}\u001b[0m` : String;

/** One line of progress: which step, and what it does or found. */
export function say(step: string, text: string): void {
  console.log(`${dim(step.padEnd(9))} ${text}`);
}

export function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
