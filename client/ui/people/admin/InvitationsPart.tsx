import type { JSX } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import type { InvitationResource } from '../../../../server/protocol/people.ts';
import { Icon } from '../../parts/Icon.tsx';
import { copyText } from '../../parts/copyText.ts';
import { showToast } from '../../parts/toasts.ts';
import { whenWords } from '../../parts/when.ts';
import { failureWords } from '../failureWords.ts';
import { Part } from '../Part.tsx';
import { peopleClient } from '../client.ts';
import { InviteForm } from './InviteForm.tsx';
import './admin.css';

const linkOf = (secret: string): string => `${location.origin}/invitation#${secret}`;

const useInvitations = () => {
  const [invitations, setInvitations] = useState<readonly InvitationResource[]>([]);
  const look = useCallback(async () => {
    // The list is a comfort; without it invitations can still be made.
    const found = await peopleClient.invitations().catch(() => null);
    if (found !== null) setInvitations(found);
  }, []);
  useEffect(() => void look(), [look]);
  return { invitations, look };
};

const forWhom = ({ userName, role }: InvitationResource): string => {
  const who = userName === null ? 'For whoever has the link' : `For @${userName}`;
  return role === 'admin' ? `${who}, as administrator` : who;
};

const NewLink = ({ link }: { link: string }): JSX.Element => (
  <div class="admin-made">
    <input class="input" readOnly aria-label="The new invitation" value={link} />
    <button type="button" class="button" onClick={() => void copyText(link, 'Link copied.')}>
      <Icon name="copy" />
      Copy
    </button>
    <p class="small-print">It is shown only now, and makes one account. Send it to one person.</p>
  </div>
);

export const InvitationsPart = (): JSX.Element => {
  const { invitations, look } = useInvitations();
  const [made, setMade] = useState<{ readonly id: string; readonly link: string } | null>(null);
  const revoke = async ({ id }: InvitationResource) => {
    try {
      await peopleClient.revokeInvitation(id);
      if (made?.id === id) setMade(null);
      await look();
    } catch (error) {
      showToast(failureWords(error), { kind: 'error' });
    }
  };
  return (
    <Part title="Invitations" lead="A link with which one person makes an account of their own.">
      <InviteForm
        onMade={async ({ id, secret }) => {
          const link = linkOf(secret);
          setMade({ id, link });
          await look();
          await copyText(link, 'Invitation made and copied.');
        }}
      />
      {made !== null && <NewLink link={made.link} />}
      {invitations.length > 0 && (
        <ul class="pp-list" aria-label="Open invitations">
          {invitations.map((invitation) => (
            <li key={invitation.id} class="pp-row">
              <span class="pp-words">
                <span>{forWhom(invitation)}</span>
                <span class="small-print">
                  Made {whenWords(invitation.createdAt)}, good until{' '}
                  {whenWords(invitation.expiresAt)}
                </span>
              </span>
              <button
                type="button"
                class="button small"
                aria-label={`Revoke the invitation made ${whenWords(invitation.createdAt)}`}
                onClick={() => void revoke(invitation)}
              >
                Revoke
              </button>
            </li>
          ))}
        </ul>
      )}
    </Part>
  );
};
