/** Where things lie in a recording's folder, `RECORDINGS_DIR/<recording id>`. */
export const LAYOUT = {
  manifest: 'manifest.json',
  events: 'events.ndjson',
  /** What finishing has come to, before the catalogue knows; of no use afterwards. */
  outcome: 'finished.json',
  /** A folder per track, `<track id>/seg-000.rtpj` and on. Gone once the archives are proved. */
  journals: 'journals',
  /** Finished files, the only ones that can be downloaded. */
  files: 'files',
  /** Half-made files; may be deleted at any time nothing works there. */
  work: 'work',
  /** Snapshots of a recording that still runs, for watching; may be deleted like `work`. */
  preview: 'preview',
} as const;

/** What is not understood is moved here, in RECORDINGS_DIR, and never deleted. */
export const QUARANTINE = 'quarantine';
