import { createHash } from 'node:crypto';
import type { Config } from '../../server/config.ts';
import { turnServers } from '../../server/accounts/turn.ts';
import { green, grey, red } from './line.ts';
import type { Line } from './line.ts';
import { attribute, encodeRequest, errorCode, messageType } from './stun.ts';
import type { StunMessage } from './stun.ts';
import { openTurn, parseTurnUrl } from './turn-socket.ts';
import type { TurnSocket } from './turn-socket.ts';

const udp = Buffer.from([17, 0, 0, 0]);
/** Frees the relay at once: the doctor does not need it. */
const noLifetime = Buffer.alloc(4);
const refresh = 0x0004;

/** Asks each TURN server for a relay, with credentials as browsers get them. */
export async function checkTurn(config: Pick<Config, 'turn'>): Promise<Line[]> {
  const [server] = turnServers(config.turn, 'doctor', Date.now());
  if (!server || !config.turn) return [grey('TURN', 'not configured')];
  const { username, credential } = server;
  return Promise.all(config.turn.urls.map((url) => checkUrl(url, username, credential)));
}

async function checkUrl(url: string, username: string, password: string): Promise<Line> {
  let socket: TurnSocket | undefined;
  try {
    socket = await openTurn(parseTurnUrl(url));
    const startedAt = Date.now();
    const problem = await allocate(socket, username, password);
    if (problem !== undefined) return problem(url);
    return green('TURN', `${url} gives a relay (${Date.now() - startedAt} ms)`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return red(
      'TURN',
      `${url}: ${reason}`,
      'Start that server, open its port, or correct TURN_URLS.',
    );
  } finally {
    socket?.close();
  }
}

/** The steps of RFC 8656: refused with a realm and a nonce, then granted with them. */
async function allocate(
  socket: TurnSocket,
  username: string,
  password: string,
): Promise<((url: string) => Line) | undefined> {
  const transport = [attribute.requestedTransport, udp] as const;
  const first = await ask(socket, encodeRequest(messageType.allocate, [transport]));
  const realm = first.attributes.get(attribute.realm);
  const nonce = first.attributes.get(attribute.nonce);
  if (errorCode(first) !== 401 || !realm || !nonce) {
    return (url) => red('TURN', `${url} answers, but not as TURN`, 'Correct TURN_URLS.');
  }
  const key = createHash('md5').update(`${username}:${realm.toString()}:${password}`).digest();
  const credentials = [
    [attribute.username, Buffer.from(username)],
    [attribute.realm, realm],
    [attribute.nonce, nonce],
  ] as const;
  const request = encodeRequest(messageType.allocate, [transport, ...credentials], key);
  const second = await ask(socket, request);
  if (second.type !== messageType.allocated) {
    const code = errorCode(second);
    return (url) =>
      code === 401
        ? red('TURN', `${url} refuses the secret`, 'Set TURN_SECRET to what the TURN server has.')
        : red('TURN', `${url} gives no relay (error ${code})`, 'Look into the log of that server.');
  }
  const lifetime = [attribute.lifetime, noLifetime] as const;
  await ask(socket, encodeRequest(refresh, [lifetime, ...credentials], key)).catch(() => undefined);
  return undefined;
}

function ask(
  socket: TurnSocket,
  { bytes, transaction }: ReturnType<typeof encodeRequest>,
): Promise<StunMessage> {
  return socket.ask(bytes, transaction);
}
