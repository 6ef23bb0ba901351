/** What may stand in a Host header and go into a header of ours. */
const HOST = /^[A-Za-z0-9.:[\]_-]{1,255}$/;

/** Own lines instead of a package: these are all, and each is there for a reason. */
export const securityHeaders = (host: string | undefined): Record<string, string> => {
  // Safari before 15.4 does not take `'self'` for sockets.
  const sockets = host !== undefined && HOST.test(host) ? ` ws://${host} wss://${host}` : '';
  return {
    'content-security-policy': [
      "default-src 'self'",
      `connect-src 'self'${sockets}`,
      "media-src 'self' blob: mediastream:",
      "img-src 'self' data: blob:",
      "style-src 'self'",
      "script-src 'self'",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ].join('; '),
    'permissions-policy':
      'camera=(self), microphone=(self), display-capture=(self), geolocation=(), payment=(), usb=()',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
  };
};
