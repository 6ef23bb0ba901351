import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox';
import fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyPluginCallback,
} from 'fastify';
import cookie from '@fastify/cookie';
import type { ApiKeys } from '../accounts/ApiKeys.ts';
import type { OpenIdSignIn } from '../accounts/OpenIdSignIn.ts';
import type { People } from '../accounts/People.ts';
import type { PushSubscriptions } from '../accounts/PushSubscriptions.ts';
import { AppError } from '../base/AppError.ts';
import type { Clock } from '../base/Clock.ts';
import type { Calls } from '../calls/createCalls.ts';
import type { Logger } from '../base/logger.ts';
import type { RecordingService } from '../recordings/RecordingService.ts';
import type { RoomRegistry } from '../rooms/RoomRegistry.ts';
import { Allowance } from './Allowance.ts';
import { CallAllowance } from './CallAllowance.ts';
import { serveClient } from './clientPages.ts';
import { watchMethods } from './methodNotAllowed.ts';
import { describeApi, serveApiDescription } from './openapi.ts';
import { pageAllowed } from './origin.ts';
import { faultOf, problemBody, sendProblem } from './problem.ts';
import { PasswordGuard } from './PasswordGuard.ts';
import { Access } from './rest/Access.ts';
import { callPlanRoutes } from './rest/callPlans.ts';
import { callRoutes } from './rest/calls.ts';
import { Downloads } from './rest/Downloads.ts';
import { forwardRoutes } from './rest/forwards.ts';
import { greetingRoutes } from './rest/greetings.ts';
import { healthRoutes, type Check } from './rest/health.ts';
import { mailboxMemberRoutes } from './rest/mailboxMembers.ts';
import { mailboxRoutes } from './rest/mailboxes.ts';
import { invitationRoutes } from './rest/invitations.ts';
import { keyRoutes } from './rest/keys.ts';
import { SharedProblemSchema } from './rest/problems.ts';
import { openIdRoutes } from './rest/openId.ts';
import { pushRoutes } from './rest/push.ts';
import { recordingFileRoutes } from './rest/recordingFiles.ts';
import { recordingRoutes } from './rest/recordings.ts';
import { roomParticipantRoutes } from './rest/roomParticipants.ts';
import { roomRoutes } from './rest/rooms.ts';
import { roomTokenRoutes } from './rest/roomTokens.ts';
import { erasureRoutes } from './rest/erasures.ts';
import { renderRoutes } from './rest/renders.ts';
import { recordingShareRoutes, shareRoutes } from './rest/shares.ts';
import { sessionRoutes } from './rest/session.ts';
import { storageRoutes } from './rest/storage.ts';
import { userRoutes } from './rest/users.ts';
import { transcriptRoutes } from './rest/transcripts.ts';
import { voicemailShareRoutes } from './rest/voicemailShares.ts';
import { webhookRoutes } from './rest/webhooks.ts';
import { voicemailRoutes } from './rest/voicemails.ts';
import type { Greetings } from '../voicemail/Greetings.ts';
import type { Transcripts } from '../voicemail/Transcripts.ts';
import type { Mailboxes } from '../voicemail/Mailboxes.ts';
import type { VoicemailService } from '../voicemail/VoicemailService.ts';
import type { Webhooks } from '../webhooks/Webhooks.ts';
import { securityHeaders } from './securityHeaders.ts';

const BODY_LIMIT_BYTES = 65_536;
/** In ms. Longer serves slower lines, and those who only hold them. */
const TIMEOUTS = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 2_000,
};
/**
 * Rooms started per address, by REST or by joining: enough for a school behind one, too few to crowd
 * out the rooms of others.
 */
const ROOM_STARTS = { times: 300, windowMs: 600_000 };
/** 64 letters of four bytes, each written as %xx. */
const MAX_PARAM_LENGTH = 768;

export interface HttpOptions {
  readonly config: {
    readonly publicUrl: string | undefined;
    readonly rooms: 'open' | 'members';
    readonly tls: { readonly certFile: string; readonly keyFile: string } | undefined;
    readonly trustProxy: string | undefined;
    readonly smtpUrl?: string | undefined;
  };
  readonly secrets: { readonly adminKey: string; readonly tokenSecret: Uint8Array };
  readonly rooms: RoomRegistry;
  readonly recordings: RecordingService;
  readonly apiKeys: ApiKeys;
  readonly people: People;
  /** Undefined: nobody signs in elsewhere. */
  readonly openIdSignIn?: OpenIdSignIn | undefined;
  readonly calls: Calls;
  readonly voicemail: VoicemailService;
  readonly mailboxes: Mailboxes;
  readonly transcripts: Transcripts;
  readonly greetings: Greetings;
  readonly webhooks: Webhooks;
  readonly push: { readonly subscriptions: PushSubscriptions; readonly publicKey: string };
  readonly clock: Clock;
  readonly logger: Logger;
  readonly version: string;
  /** What `/readyz` asks. */
  readonly checks: Readonly<Record<string, Check>>;
  /** Where the built client lies. */
  readonly clientDir: string;
  /** How long a download may stand still; tests wait less. */
  readonly downloadIdleMs?: number;
  /** Adds routes that are not REST: the socket's. */
  readonly register?: (
    app: FastifyInstance,
    limits: { roomStarts: Allowance; callsPlaced: CallAllowance },
  ) => void;
}

/** The edge, not listening yet. */
export const createHttp = (options: HttpOptions): FastifyInstance => {
  const { clock, version } = options;
  const app = createServer(options);
  const refuseOtherMethods = watchMethods(app);
  describeApi(app, version);
  app.addSchema(SharedProblemSchema);
  app.register(cookie);
  guard(app, options.config.publicUrl);

  const roomStarts = new Allowance({ ...ROOM_STARTS, clock });
  const callsPlaced = new CallAllowance(clock);
  options.register?.(app, { roomStarts, callsPlaced });
  app.register(restApi, { ...options, roomStarts });
  serveClient(app, options.clientDir);
  app.register((last, _, done) => {
    refuseOtherMethods(last);
    done();
  });
  return app;
};

/** All of `/api/v1`, and what operators ask. */
const restApi: FastifyPluginCallback<HttpOptions & { readonly roomStarts: Allowance }> = (
  api,
  { config, secrets, rooms, recordings, apiKeys, people, calls, clock, roomStarts, ...rest },
  done,
) => {
  const { adminKey, tokenSecret } = secrets;
  const openTo = config.rooms;
  const access = new Access({
    adminKey,
    tokenSecret,
    apiKeys,
    people,
    voicemail: rest.voicemail,
    mailboxes: rest.mailboxes,
    openTo,
    rooms,
    recordings,
    calls: calls.service,
    clock,
  });
  const { downloadIdleMs } = rest;
  const idle = downloadIdleMs === undefined ? {} : { idleMs: downloadIdleMs };
  const downloads = new Downloads({ recordings, ...idle });
  const { publicUrl } = config;
  const shared = { prefix: '/api/v1', access, rooms, recordings, downloads, clock, publicUrl };
  api.addHook('onRequest', async (_request, reply) => {
    void reply.header('cache-control', 'no-store');
  });
  api.register(roomRoutes, { ...shared, roomStarts });
  api.register(roomParticipantRoutes, shared);
  api.register(roomTokenRoutes, { ...shared, tokenSecret });
  api.register(recordingRoutes, shared);
  api.register(recordingFileRoutes, shared);
  api.register(renderRoutes, shared);
  api.register(erasureRoutes, shared);
  api.register(recordingShareRoutes, shared);
  api.register(shareRoutes, shared);
  api.register(keyRoutes, { ...shared, apiKeys });
  const guard = new PasswordGuard(clock);
  const { service, history, plans, presences } = calls;
  const { openIdSignIn } = rest;
  const openId = openIdSignIn?.name ?? null;
  const mail = config.smtpUrl !== undefined;
  api.register(sessionRoutes, { ...shared, people, guard, openId, mail });
  api.register(openIdRoutes, { ...shared, people, openIdSignIn });
  api.register(invitationRoutes, { ...shared, people, openId, mail });
  api.register(userRoutes, { ...shared, people, presences, guard });
  api.register(callPlanRoutes, { ...shared, plans });
  api.register(pushRoutes, { ...shared, people, ...rest.push });
  api.register(callRoutes, { ...shared, calls: service, history });
  api.register(voicemailRoutes, {
    ...shared,
    mailboxes: rest.mailboxes,
    transcripts: rest.transcripts,
  });
  api.register(transcriptRoutes, { ...shared, transcripts: rest.transcripts });
  api.register(mailboxRoutes, { ...shared, mailboxes: rest.mailboxes });
  api.register(mailboxMemberRoutes, { ...shared, mailboxes: rest.mailboxes });
  api.register(forwardRoutes, { ...shared, mailboxes: rest.mailboxes, plans });
  api.register(voicemailShareRoutes, { ...shared, mailboxes: rest.mailboxes });
  api.register(greetingRoutes, { ...shared, greetings: rest.greetings });
  api.register(webhookRoutes, { ...shared, webhooks: rest.webhooks });
  api.register(storageRoutes, shared);
  api.register(healthRoutes, { checks: rest.checks, version: rest.version });
  serveApiDescription(api);
  done();
};

const createServer = ({ config, logger }: HttpOptions): FastifyInstance => {
  const loggerInstance: FastifyBaseLogger = logger;
  const app = fastify({
    ...(config.tls
      ? {
          https: {
            ...TIMEOUTS,
            cert: readFileSync(config.tls.certFile),
            key: readFileSync(config.tls.keyFile),
          },
        }
      : { http: TIMEOUTS }),
    loggerInstance,
    // Its lines hold addresses of rooms and of people; ours, below, hold neither.
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: config.trustProxy ?? false,
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: TIMEOUTS.requestTimeout,
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    return503OnClosing: false,
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH },
    frameworkErrors: sendProblem,
    clientErrorHandler: refuseConnection,
  });
  app.setValidatorCompiler(TypeBoxValidatorCompiler);
  app.setErrorHandler(sendProblem);
  app.removeContentTypeParser('text/plain');
  return app;
};

/** What holds for every request, whoever answers it. */
const guard = (app: FastifyInstance, publicUrl: string | undefined): void => {
  let closing = false;
  app.addHook('preClose', async () => {
    closing = true;
  });
  app.addHook('onRequest', async (request, reply) => {
    void reply.headers(securityHeaders(request.host));
    if (closing) throw new AppError('unavailable', 'The server is stopping.');
    const reads = request.method === 'GET' || request.method === 'HEAD';
    if (!reads && !pageAllowed(request.headers, request.host, publicUrl)) {
      throw new AppError('forbidden', 'Pages of other sites may not do this.');
    }
    const encoding = request.headers['content-encoding'] ?? 'identity';
    if (encoding !== 'identity') {
      throw new AppError('unsupported_media_type', 'Compressed bodies are not accepted.');
    }
  });
  app.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions } = request;
    const line = { method, route: routeOptions.url, status: reply.statusCode };
    request.log.info({ ...line, ms: Math.round(reply.elapsedTime) }, 'request');
  });
};

/** What does not even parse as HTTP is answered on the bare socket. */
const refuseConnection = (error: Error & { code?: string }, socket: Socket): void => {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = CONNECTION_STATUS[error.code ?? ''] ?? 400;
  const body = problemBody(faultOf(Object.assign(new Error(), { statusCode: status })));
  const text = JSON.stringify(body);
  socket.end(
    [
      `HTTP/1.1 ${status} ${body.title}`,
      'content-type: application/problem+json',
      `content-length: ${Buffer.byteLength(text)}`,
      'connection: close',
      '',
      text,
    ].join('\r\n'),
  );
};

const CONNECTION_STATUS: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  HPE_HEADER_OVERFLOW: 431,
};
