import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Config } from '../../server/config.ts';
import { green, grey, red, yellow } from './line.ts';
import type { Line } from './line.ts';

const dayMs = 24 * 60 * 60 * 1000;
/** Long enough to renew without haste; certificates are mostly renewed 30 days before their end. */
const warnBeforeDays = 14;

export function checkTls(
  { tls, publicUrl }: Pick<Config, 'tls' | 'publicUrl'>,
  nowMs: number = Date.now(),
): Line {
  if (!tls) return grey('TLS', 'not configured');
  try {
    const certificate = new X509Certificate(readFileSync(tls.certFile));
    const key = createPrivateKey(readFileSync(tls.keyFile));
    const untilMs = Date.parse(certificate.validTo);
    const daysLeft = Math.floor((untilMs - nowMs) / dayMs);
    const site = publicUrl === undefined ? undefined : new URL(publicUrl).hostname;
    if (!certificate.checkPrivateKey(key)) {
      return red('TLS', 'TLS_KEY does not belong to TLS_CERT', 'Set both to files of one pair.');
    }
    if (untilMs <= nowMs) {
      return red('TLS', `expired on ${certificate.validTo}`, 'Renew the certificate of TLS_CERT.');
    }
    if (Date.parse(certificate.validFrom) > nowMs) {
      return red('TLS', `valid only from ${certificate.validFrom}`, 'Set the clock, or wait.');
    }
    if (site !== undefined && !certificate.checkHost(site) && !certificate.checkIP(site)) {
      return red(
        'TLS',
        `the certificate is not for ${site}`,
        'Get one for the name in PUBLIC_URL.',
      );
    }
    return daysLeft < warnBeforeDays
      ? yellow('TLS', `expires in ${daysLeft} days`, 'Renew the certificate of TLS_CERT soon.')
      : green('TLS', `the key matches, ${daysLeft} days left`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return red('TLS', reason, 'Set TLS_CERT and TLS_KEY to PEM files that this user can read.');
  }
}
