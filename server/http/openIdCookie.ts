import type { CookieSerializeOptions } from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';

const NAMES = { https: '__Host-roomtone-openid', http: 'roomtone-openid' } as const;

/** Lax, for it has to come along from the provider's page. */
const options = ({ protocol }: FastifyRequest): CookieSerializeOptions => ({
  path: '/',
  httpOnly: true,
  sameSite: 'lax',
  secure: protocol === 'https',
});

/** Where this browser set out to, sealed. */
export const journeyOf = (request: FastifyRequest): string | undefined =>
  request.cookies[NAMES[request.protocol]];

export const setJourney = (
  request: FastifyRequest,
  reply: FastifyReply,
  { sealed, expiresAt }: { sealed: string; expiresAt: number },
): void => {
  void reply.setCookie(NAMES[request.protocol], sealed, {
    ...options(request),
    expires: new Date(expiresAt),
  });
};

export const clearJourney = (request: FastifyRequest, reply: FastifyReply): void => {
  void reply.clearCookie(NAMES[request.protocol], options(request));
};
