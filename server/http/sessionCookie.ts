import type { CookieSerializeOptions } from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Other hosts of the domain cannot set a `__Host-` cookie; browsers take one over HTTPS only. */
const NAMES = { https: '__Host-roomtone', http: 'roomtone' } as const;

/** Never sent for a page of another site, never seen by a script. */
const options = ({ protocol }: FastifyRequest): CookieSerializeOptions => ({
  path: '/',
  httpOnly: true,
  sameSite: 'strict',
  secure: protocol === 'https',
});

export const sessionSecretOf = (request: FastifyRequest): string | undefined =>
  request.cookies[NAMES[request.protocol]];

export const setSession = (
  request: FastifyRequest,
  reply: FastifyReply,
  session: { secret: string; expiresAt: number },
): void => {
  void reply.setCookie(NAMES[request.protocol], session.secret, {
    ...options(request),
    expires: new Date(session.expiresAt),
  });
};

export const clearSession = (request: FastifyRequest, reply: FastifyReply): void => {
  void reply.clearCookie(NAMES[request.protocol], options(request));
};
