import type { CallPage, CallPlan, Trial, TrialResult } from '../../server/protocol/calls.ts';
import type { CallId, InvitationId, SignInId } from '../../server/protocol/ids.ts';
import type {
  AcceptedInvitation,
  CreatedInvitation,
  InvitationResource,
  NewInvitation,
  NewUser,
  PersonPage,
  SessionResource,
  SignInResource,
  User,
  UserPatch,
} from '../../server/protocol/people.ts';
import { restCall, type RestCall, type RestOptions } from './restCall.ts';
import { wholeList } from './wholeList.ts';

/** People and their calls, over `/api/v1`; the browser's cookie speaks for it. Every method rejects with `RestError`. */
export class PeopleClient {
  readonly #call: RestCall;

  constructor(options: RestOptions = {}) {
    this.#call = restCall(options);
  }

  async signIn(userName: string, password: string): Promise<User | null> {
    const { user } = await this.#call<SessionResource>('POST', '/session', {
      body: { userName, password },
    });
    return user;
  }

  signOut(): Promise<void> {
    return this.#call('DELETE', '/session');
  }

  /** Who can be called. */
  people(wanted: { q?: string; cursor?: string; limit?: number } = {}): Promise<PersonPage> {
    return this.#call('GET', `/people${queryOf(wanted)}`);
  }

  /** All accounts: administrators. */
  users(): Promise<readonly User[]> {
    return wholeList<User>((query) => this.#call('GET', `/users?${query}`));
  }

  createUser(user: NewUser): Promise<User> {
    return this.#call('POST', '/users', { body: user });
  }

  updateUser(name: string, patch: UserPatch): Promise<User> {
    return this.#call('PATCH', userPath(name), { body: patch });
  }

  removeUser(name: string): Promise<void> {
    return this.#call('DELETE', userPath(name));
  }

  /** The browsers in which somebody is signed in. */
  signIns(name: string): Promise<readonly SignInResource[]> {
    return wholeList<SignInResource>((query) =>
      this.#call('GET', `${userPath(name)}/sign-ins?${query}`),
    );
  }

  endSignIn(name: string, id: SignInId): Promise<void> {
    return this.#call('DELETE', `${userPath(name)}/sign-ins/${id}`);
  }

  callPlan(name: string): Promise<CallPlan> {
    return this.#call('GET', `${userPath(name)}/call-plan`);
  }

  setCallPlan(name: string, plan: CallPlan): Promise<CallPlan> {
    return this.#call('PUT', `${userPath(name)}/call-plan`, { body: plan });
  }

  /** What would happen to a call; nothing rings. */
  tryCall(name: string, trial: Trial): Promise<TrialResult> {
    return this.#call('POST', `${userPath(name)}/call-plan/trial`, { body: trial });
  }

  /** One's own calls, the newest first. */
  calls(wanted: { missed?: boolean; cursor?: string; limit?: number } = {}): Promise<CallPage> {
    return this.#call('GET', `/calls${queryOf(wanted)}`);
  }

  removeCall(id: CallId): Promise<void> {
    return this.#call('DELETE', `/calls/${id}`);
  }

  /** The missed ones are known of. */
  seeCalls(): Promise<unknown> {
    return this.#call('POST', '/calls/seen');
  }

  invite(invitation: NewInvitation): Promise<CreatedInvitation> {
    return this.#call('POST', '/invitations', { body: invitation });
  }

  invitations(): Promise<readonly InvitationResource[]> {
    return wholeList<InvitationResource>((query) => this.#call('GET', `/invitations?${query}`));
  }

  revokeInvitation(id: InvitationId): Promise<void> {
    return this.#call('DELETE', `/invitations/${id}`);
  }

  /** What it is for: whoever has its secret. */
  openInvitation(secret: string): Promise<InvitationResource> {
    return this.#call('POST', '/invitations/open', { body: { secret } });
  }

  /** Makes the account, and signs in. */
  async acceptInvitation(accepted: AcceptedInvitation): Promise<User | null> {
    const { user } = await this.#call<SessionResource>('POST', '/invitations/accept', {
      body: accepted,
    });
    return user;
  }
}

const userPath = (name: string): string => `/users/${encodeURIComponent(name)}`;

const queryOf = (wanted: Record<string, string | number | boolean | undefined>): string => {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(wanted)) {
    if (value !== undefined) query.set(key, String(value));
  }
  return query.size > 0 ? `?${query}` : '';
};
