import type { FastifyRequest } from 'fastify';

/** Where people find this server: as it was told, or else where whoever asks has found it. */
export const originOf = (
  { protocol, host }: FastifyRequest,
  publicUrl: string | undefined,
): string => publicUrl ?? `${protocol}://${host}`;
