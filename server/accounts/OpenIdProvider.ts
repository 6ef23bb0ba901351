/** Somebody, as a provider of OpenID Connect knows them. */
export interface OpenIdPerson {
  /** Issuer and subject: what of them never changes, and is never given to somebody else. */
  readonly openId: string;
  /** How they are called there; good for a first guess and nothing else. */
  readonly userName: string | undefined;
  readonly displayName: string | undefined;
}

/** What the browser that set out has to show when it comes back. */
export interface OpenIdAttempt {
  readonly state: string;
  readonly nonce: string;
  /** Of PKCE (RFC 7636). */
  readonly codeVerifier: string;
}

/**
 * Where people sign in who have no password here, or do not want to use it. Both reject with AppError:
 * `unavailable` when the provider cannot be asked, `unauthorized` when what came back is no good.
 */
export interface OpenIdProvider {
  /** For people to choose it by. */
  readonly name: string;
  /** Where to send the browser; it comes back to `redirectUri`. */
  begin(redirectUri: string): Promise<{ url: string; attempt: OpenIdAttempt }>;
  /** Who came back, by the address they came to. */
  finish(returnedTo: URL, attempt: OpenIdAttempt): Promise<OpenIdPerson>;
}
