import type { BrowserContext } from 'playwright-core';

/** What goes wrong in a page without anybody seeing it: errors, and violations of its CSP. */
export type Complaints = string[];

export interface Instruments {
  readonly connections: RTCPeerConnection[];
  /** The participant that a received track belongs to, by the track's id. */
  readonly owners: Map<string, string>;
  /** When the server was last heard on a socket, in milliseconds since 1970. */
  heardAt: number;
  /** Words of the server that somebody else came, went, or counts as lost. */
  readonly comings: string[];
  /** Survives everything but a reload. */
  readonly loadedAt: number;
}

declare global {
  interface Window {
    instruments: Instruments;
  }
}

/** A room that nobody has been to is not there yet, nor is everybody who is asked for: a 404 is an answer. */
const isExpected = (text: string, url: string): boolean =>
  /status of 404/.test(text) && /\/api\/v1\/(rooms\/[^/]+|users\/[^/]+\/presence)$/.test(url);

/** Listens in on the pages of a context, from their first line on. */
export const watchPage = async (context: BrowserContext): Promise<Complaints> => {
  const complaints: Complaints = [];
  await context.addInitScript(install);
  context.on('console', (message) => {
    const { url } = message.location();
    if (message.type() === 'error' && !isExpected(message.text(), url)) {
      complaints.push(`console: ${message.text()} (${url})`);
    }
  });
  context.on('weberror', (error) => {
    complaints.push(`uncaught: ${error.error().message}`);
  });
  return complaints;
};

/** Runs in the page before its own code. */
const install = (): void => {
  const instruments: Instruments = {
    connections: [],
    owners: new Map(),
    heardAt: 0,
    comings: [],
    loadedAt: Date.now(),
  };
  window.instruments = instruments;
  document.addEventListener('securitypolicyviolation', (event) => {
    reportError(new Error(`CSP: ${event.violatedDirective} refused ${event.blockedURI}`));
  });
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      instruments.connections.push(this);
      this.addEventListener('track', ({ track, streams: [stream] }) => {
        if (stream) instruments.owners.set(track.id, stream.id);
      });
    }
  };
  window.WebSocket = class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      this.addEventListener('message', ({ data }) => {
        instruments.heardAt = Date.now();
        const text = String(data);
        const coming = /"participantJoined"|"participantLeft"|"connection":"lost"/.exec(text)?.[0];
        if (coming && text.startsWith('{"notification"')) instruments.comings.push(coming);
      });
    }
  };
};
