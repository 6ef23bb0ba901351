import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  ClientSecretBasic,
  ClientSecretPost,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  type ClientAuth,
  type Configuration,
} from 'openid-client';
import type { OpenIdAttempt, OpenIdPerson, OpenIdProvider } from '../accounts/OpenIdProvider.ts';
import { AppError } from '../base/AppError.ts';
import type { Clock } from '../base/Clock.ts';
import { displayNameOf, hasNames, userNameOf, type Claims } from './claims.ts';
import { reasonOf } from './reasonOf.ts';

const SCOPE = 'openid profile email';
/** Longer waits for slower providers, and lets people wait for dead ones. */
const TIMEOUT_SECONDS = 10;
/** Longer asks it less often; shorter finds out that it is down before people are sent there. */
const KNOWN_FOR_MS = 5_000;

export interface OpenIdClientOptions {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly name: string;
  readonly clock: Clock;
}

/**
 * A provider as OpenID Connect Core 1.0 has it: authorisation code with PKCE, state, nonce, and the
 * issuer in the answer (RFC 9207). Nothing is asked of it until somebody wants to sign in.
 */
export class OpenIdClient implements OpenIdProvider {
  readonly #options: OpenIdClientOptions;
  #known: { readonly configuration: Promise<Configuration>; readonly at: number } | undefined;

  constructor(options: OpenIdClientOptions) {
    this.#options = options;
  }

  get name(): string {
    return this.#options.name;
  }

  async begin(redirectUri: string): Promise<{ url: string; attempt: OpenIdAttempt }> {
    const configuration = await this.#configuration();
    const attempt = {
      state: randomState(),
      nonce: randomNonce(),
      codeVerifier: randomPKCECodeVerifier(),
    };
    const url = buildAuthorizationUrl(configuration, {
      redirect_uri: redirectUri,
      scope: SCOPE,
      state: attempt.state,
      nonce: attempt.nonce,
      code_challenge: await calculatePKCECodeChallenge(attempt.codeVerifier),
      code_challenge_method: 'S256',
    });
    return { url: url.href, attempt };
  }

  async finish(
    returnedTo: URL,
    { state, nonce, codeVerifier }: OpenIdAttempt,
  ): Promise<OpenIdPerson> {
    const configuration = await this.#configuration();
    try {
      const tokens = await authorizationCodeGrant(configuration, returnedTo, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: codeVerifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (!claims) throw new Error('There is no ID token.');
      const all = await withNames(configuration, claims, tokens.access_token);
      return {
        openId: `${claims.iss} ${claims.sub}`,
        userName: userNameOf(all),
        displayName: displayNameOf(all),
      };
    } catch (error) {
      throw new AppError('unauthorized', `The provider's answer is no good: ${reasonOf(error)}`, {
        cause: error,
      });
    }
  }

  /** One question however many ask; a failed one is not remembered. */
  async #configuration(): Promise<Configuration> {
    const now = this.#options.clock.elapsed();
    if (this.#known && now - this.#known.at < KNOWN_FOR_MS) return this.#known.configuration;
    const known = { configuration: this.#discover(), at: now };
    this.#known = known;
    try {
      return await known.configuration;
    } catch (error) {
      if (this.#known === known) this.#known = undefined;
      throw new AppError('unavailable', `The provider cannot be asked: ${reasonOf(error)}`, {
        cause: error,
      });
    }
  }

  #discover(): Promise<Configuration> {
    const { issuer, clientId, clientSecret } = this.#options;
    const at = new URL(issuer);
    return discovery(at, clientId, undefined, secretAsTaken(clientSecret), {
      timeout: TIMEOUT_SECONDS,
      execute: [
        ...(at.protocol === 'http:' ? [allowInsecureRequests] : []),
        enableNonRepudiationChecks,
      ],
    });
  }
}

/** Basic is what a provider takes that does not say (OpenID Connect Discovery 1.0, section 3). */
const secretAsTaken = (secret: string): ClientAuth => {
  const basic = ClientSecretBasic(secret);
  const post = ClientSecretPost(secret);
  return (server, ...rest) => {
    const takes = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    (takes.includes('client_secret_basic') ? basic : post)(server, ...rest);
  };
};

/** Many providers tell names only to who asks for them. */
const withNames = async (
  configuration: Configuration,
  claims: Claims & { readonly sub: string },
  accessToken: string,
): Promise<Claims> => {
  const { userinfo_endpoint: endpoint } = configuration.serverMetadata();
  if (hasNames(claims) || endpoint === undefined) return claims;
  return { ...claims, ...(await fetchUserInfo(configuration, accessToken, claims.sub)) };
};
