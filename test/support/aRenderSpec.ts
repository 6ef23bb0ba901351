import type { RenderSpec } from '../../server/protocol/renders.ts';

/** What a wish that leaves everything open comes to, but for what the test says. */
export const aRenderSpec = (patch: Partial<RenderSpec> = {}): RenderSpec => ({
  layout: 'grid',
  person: null,
  without: [],
  silenced: [],
  fromMs: 0,
  toMs: null,
  size: '720p',
  format: 'mp4',
  pauses: 'cut',
  ...patch,
});
