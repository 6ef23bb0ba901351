import { hkdfSync } from 'node:crypto';
import { EncryptJWT, jwtDecrypt } from 'jose';
import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { AppError } from '../base/AppError.ts';
import type { Clock } from '../base/Clock.ts';
import { SignInIdSchema, UserIdSchema } from '../protocol/ids.ts';
import type { Account } from './Account.ts';
import type { Accounts } from './Accounts.ts';
import type { OpenIdPerson, OpenIdProvider } from './OpenIdProvider.ts';
import { numbered, userNameLike } from './userNames.ts';

/** Longer forgives who has to look for their second factor. */
const LASTS_SECONDS = 600;
const KEY_BYTES = 32;
const ENCRYPTION = { alg: 'dir', enc: 'A256GCM' } as const;

const JourneySchema = Type.Object({
  attempt: Type.Object({
    state: Type.String(),
    nonce: Type.String(),
    codeVerifier: Type.String(),
  }),
  page: Type.String(),
  before: Type.Optional(Type.Object({ userId: UserIdSchema, signInId: SignInIdSchema })),
});
/** From our page to the provider and back, as the browser carries it sealed. */
export type OpenIdJourney = Static<typeof JourneySchema>;
const journeyCheck = Compile(JourneySchema);

/** Signing in at a provider of OpenID Connect. */
export class OpenIdSignIn {
  readonly #provider: OpenIdProvider;
  readonly #accounts: Accounts;
  readonly #clock: Clock;
  /** Not the secret itself: what seals journeys shall be good for nothing else. */
  readonly #key: Uint8Array;

  constructor(options: {
    provider: OpenIdProvider;
    accounts: Accounts;
    clock: Clock;
    tokenSecret: Uint8Array;
  }) {
    this.#provider = options.provider;
    this.#accounts = options.accounts;
    this.#clock = options.clock;
    const key = hkdfSync('sha256', options.tokenSecret, '', 'roomtone openid journey', KEY_BYTES);
    this.#key = new Uint8Array(key);
  }

  get name(): string {
    return this.#provider.name;
  }

  /** `page`: what to show afterwards; `before`: who is signed in up to then. Rejects as `begin`. */
  async begin({
    redirectUri,
    ...aims
  }: Omit<OpenIdJourney, 'attempt'> & { redirectUri: string }): Promise<{
    url: string;
    sealed: string;
    expiresAt: number;
  }> {
    const { url, attempt } = await this.#provider.begin(redirectUri);
    const expiresAt = Math.floor(this.#clock.now() / 1000) + LASTS_SECONDS;
    const sealed = await new EncryptJWT({ ...aims, attempt })
      .setProtectedHeader(ENCRYPTION)
      .setExpirationTime(expiresAt)
      .encrypt(this.#key);
    return { url, sealed, expiresAt: expiresAt * 1000 };
  }

  /** Undefined: not one of ours, or it took too long. */
  async open(sealed: string): Promise<OpenIdJourney | undefined> {
    try {
      const { payload } = await jwtDecrypt(sealed, this.#key, {
        keyManagementAlgorithms: [ENCRYPTION.alg],
        contentEncryptionAlgorithms: [ENCRYPTION.enc],
        requiredClaims: ['exp'],
        currentDate: new Date(this.#clock.now()),
      });
      return journeyCheck.Check(payload) ? payload : undefined;
    } catch {
      return undefined;
    }
  }

  /** Whose account it is, made if they are here for the first time. Rejects as `finish`. */
  async finish({ attempt }: OpenIdJourney, returnedTo: URL): Promise<Account> {
    const person = await this.#provider.finish(returnedTo, attempt);
    return (await this.#accounts.findByOpenId(person.openId)) ?? this.#create(person);
  }

  /**
   * Never takes over an account that has the name already: who may choose names at the provider could
   * else become anybody here.
   */
  async #create({ openId, userName, displayName }: OpenIdPerson): Promise<Account> {
    const wish = userNameLike(userName ?? '');
    for (let number = 1; ; number += 1) {
      const name = numbered(wish, number);
      try {
        return await this.#accounts.create({ name, displayName: displayName ?? name, openId });
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'wrong_state') throw error;
      }
      // They may have come twice at the same moment.
      const account = await this.#accounts.findByOpenId(openId);
      if (account) return account;
    }
  }
}
