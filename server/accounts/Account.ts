import type { InvitationId, SignInId, UserId } from '../protocol/ids.ts';
import type { PersonSettings, UserRole } from '../protocol/people.ts';

/** A person who is known here. Times are ms since 1970. */
export interface Account {
  readonly id: UserId;
  /** Folded: see `foldUserName`. */
  readonly name: string;
  readonly displayName: string;
  readonly role: UserRole;
  /** Of `hashPassword`; null: there is none to sign in with. */
  readonly passwordHash: string | null;
  /** Issuer and subject of OpenID Connect. */
  readonly openId: string | null;
  readonly settings: PersonSettings;
  readonly createdAt: number;
}

/** One browser in which somebody is signed in. Its secret is in that browser's cookie alone. */
export interface SignIn {
  readonly id: SignInId;
  readonly userId: UserId;
  /** SHA-256, hex. */
  readonly secretHash: string;
  readonly device: string;
  readonly createdAt: number;
  readonly lastSeenAt: number;
  readonly expiresAt: number;
}

/** Good for one account. */
export interface Invitation {
  readonly id: InvitationId;
  /** SHA-256, hex. */
  readonly secretHash: string;
  /** Null: who accepts chooses. */
  readonly userName: string | null;
  readonly role: UserRole;
  readonly createdAt: number;
  readonly expiresAt: number;
}

export interface AccountStore {
  /** False when the name or the OpenID is taken. */
  add(account: Account): Promise<boolean>;
  /** False when it is gone. */
  update(account: Account): Promise<boolean>;
  /** With its sign-ins and all else that is only its own. */
  remove(id: UserId): Promise<boolean>;
  find(id: UserId): Promise<Account | undefined>;
  findByName(name: string): Promise<Account | undefined>;
  findByOpenId(openId: string): Promise<Account | undefined>;
  /** Oldest first. */
  all(): Promise<Account[]>;
}

export interface SignInStore {
  add(signIn: SignIn): Promise<void>;
  find(secretHash: string): Promise<SignIn | undefined>;
  /** Oldest first. */
  of(userId: UserId): Promise<SignIn[]>;
  seen(id: SignInId, at: number): Promise<void>;
  /** False when there is none. */
  remove(id: SignInId): Promise<boolean>;
  /** Returns those that it removed. */
  removeExpired(now: number): Promise<SignIn[]>;
}

export interface InvitationStore {
  add(invitation: Invitation): Promise<void>;
  find(secretHash: string): Promise<Invitation | undefined>;
  count(): Promise<number>;
  removeExpired(now: number): Promise<void>;
  /** Oldest first. */
  all(): Promise<Invitation[]>;
  /** False when there is none: of many who try at once one gets true. */
  remove(id: InvitationId): Promise<boolean>;
}
