/** What recording, rendering and downloads encode with, and what for. */
const neededEncoders = {
  libx264: 'H.264 video in MP4',
  libvpx: 'VP8 video',
  libopus: 'Opus sound',
  aac: 'AAC sound in MP4',
  libmp3lame: 'MP3 downloads',
} as const;

/** The names in the output of `ffmpeg -encoders`. */
export function parseEncoders(output: string): Set<string> {
  const names = new Set<string>();
  for (const line of output.split('\n')) {
    const match = /^ [VAS][F.][S.][X.][B.][D.] ([^\s=]+)/.exec(line);
    if (match?.[1]) names.add(match[1]);
  }
  return names;
}

/** The needed encoders that are not among these. */
export function missingEncoders(present: ReadonlySet<string>): string[] {
  return Object.keys(neededEncoders).filter((name) => !present.has(name));
}
