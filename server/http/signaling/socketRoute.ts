import websocket from '@fastify/websocket';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { WebSocket } from 'ws';
import { AppError } from '../../base/AppError.ts';
import type { RequestFrame } from '../../protocol/envelope.ts';
import { CLOSE_CODE, FINAL_CLOSE_CODES } from '../../protocol/errors.ts';
import type { ClientRequestName } from '../../protocol/signaling.ts';
import type { Identity } from '../rest/Access.ts';
import { decodeRequest, isRequestName } from './decode.ts';
import { endCallLine } from './callHandlers.ts';
import type { Connection, SignalingServices } from './Connection.ts';
import { handlers, hear } from './handlers.ts';
import { SocketChannel } from './SocketChannel.ts';

/** A socket says who it is within this, or makes place. */
const ENTER_TIMEOUT_MS = 5_000;
/** Sockets at once, so that a flood of them cannot eat the memory of those who talk. */
const MAX_SOCKETS = 5_000;

/** A page that is left or loaded anew. */
const GOING_AWAY = 1001;
/** Closing for these codes is a goodbye; any other leaves a place to come back to. */
const GOODBYE: ReadonlySet<number> = new Set([...FINAL_CLOSE_CODES, GOING_AWAY]);

export interface SocketRouteOptions extends SignalingServices {
  /** May the page that asks connect? */
  readonly originAllowed: (request: FastifyRequest) => boolean;
  /** Who is signed in where this comes from. */
  readonly identify: (request: FastifyRequest) => Promise<Identity | undefined>;
}

/**
 * Clients that were silent from one beat to the next are asked for a sign of life. One timer for all:
 * each wake-up costs more than the work it does. Sooner than that, TCP and the media tell.
 */
const BEAT_INTERVAL_MS = 60_000;
/** A line that was silent for so long is probed by TCP. */
const KEEP_ALIVE_DELAY_MS = 5_000;

/** A message of the protocol is far smaller. */
const MAX_MESSAGE_BYTES = 64 * 1024;
/** How long a client may take to agree to a close: longer holds up the end of the server. */
const CLOSE_TIMEOUT_MS = 2_000;

/** `GET /api/v1/signaling`: the upgrade, and one `Connection` for each socket. */
export const socketRoute = (app: FastifyInstance, options: SocketRouteOptions): void => {
  const open = new Set<SocketChannel>();
  const stopBeating = options.clock.every(BEAT_INTERVAL_MS, () => {
    for (const channel of open) channel.beat();
  });
  app.addHook('onClose', async () => stopBeating());
  // Before the plugin's own, which would close without saying why.
  app.addHook('preClose', (done) => {
    for (const channel of open) channel.close(CLOSE_CODE.restart, 'The server restarts');
    done();
  });
  const limits = {
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
    closeTimeout: CLOSE_TIMEOUT_MS,
  };
  app.register(websocket, { options: limits });
  app.register((scope, _, done) => {
    addRoute(scope, open, options);
    done();
  });
};

const addRoute = (
  app: FastifyInstance,
  open: Set<SocketChannel>,
  options: SocketRouteOptions,
): void => {
  app.route({
    method: 'GET',
    url: '/api/v1/signaling',
    preValidation: (request, _reply, done) => {
      if (!options.originAllowed(request)) {
        return done(new AppError('forbidden', 'This page may not connect here'));
      }
      if (open.size >= MAX_SOCKETS) {
        const full = { retryAfterSeconds: 30 };
        return done(new AppError('unavailable', 'Too many connections', full));
      }
      return done();
    },
    handler: () => {
      throw new AppError('bad_request', 'This address speaks WebSocket only');
    },
    wsHandler: (socket, request) => {
      // The kernel finds a peer that is gone without a word, at no cost to us.
      request.socket.setKeepAlive(true, KEEP_ALIVE_DELAY_MS);
      const channel = connect(socket, request, options);
      open.add(channel);
      socket.once('close', () => open.delete(channel));
    },
  });
};

/** Everything is attached before this returns: no message can slip by. */
const connect = (
  socket: WebSocket,
  request: FastifyRequest,
  services: SocketRouteOptions,
): SocketChannel => {
  const channel: SocketChannel = new SocketChannel({
    socket,
    clock: services.clock,
    logger: services.logger,
    onRequest: (frame) => dispatch(connection, frame),
    onClose(code) {
      stopWaiting();
      part(connection, code);
    },
  });
  const connection: Connection = {
    channel,
    services,
    address: request.ip,
    identify: () => services.identify(request),
    drafts: new Set(),
    state: { name: 'new' },
    closed: false,
  };
  // Looks again and again: an attempt that takes longer than this can still fail.
  const stopWaiting = services.clock.every(ENTER_TIMEOUT_MS, () => {
    const { name } = connection.state;
    if (name === 'new') channel.close(CLOSE_CODE.silent, 'Join or resume first');
    else if (name !== 'entering') stopWaiting();
  });
  return channel;
};

const dispatch = async (connection: Connection, frame: RequestFrame): Promise<unknown> => {
  const { method } = frame;
  hear(connection);
  if (!isRequestName(method)) throw new AppError('bad_request', 'No such request');
  return handle(connection, method, frame.data);
};

const handle = <N extends ClientRequestName>(connection: Connection, name: N, data: unknown) =>
  handlers[name](connection, decodeRequest(name, data));

const part = (connection: Connection, code: number): void => {
  connection.closed = true;
  const { state, channel, services } = connection;
  const goodbye = GOODBYE.has(code);
  endCallLine(connection, goodbye);
  if (state.name !== 'joined') return;
  const { room, participant } = state.session;
  if (!goodbye && state.heard) services.sessions.suspend(state.session, channel);
  // Whoever never heard of its session cannot come back to it.
  else if (participant.wire.isOn(channel)) room.leave(participant, goodbye ? 'left' : 'gone');
};
