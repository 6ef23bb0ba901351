import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { User, UserPatch } from '../../../../server/protocol/people.ts';
import { Avatar } from '../../parts/Avatar.tsx';
import { showToast } from '../../parts/toasts.ts';
import { dayWords } from '../../parts/when.ts';
import { failureWords } from '../failureWords.ts';
import { peopleClient } from '../client.ts';
import { NewPasswordForm } from './NewPasswordForm.tsx';
import { RemovePerson } from './RemovePerson.tsx';
import { ROLE_CHOICES } from './roles.ts';

/** One's own role and account are left alone: who changes them by mistake cannot change them back. */
export const UserRow = ({
  user,
  isSelf,
  onChanged,
}: {
  user: User;
  isSelf: boolean;
  onChanged: () => Promise<void>;
}): JSX.Element => {
  const [open, setOpen] = useState<'password' | 'remove' | null>(null);
  const passwordButton = useRef<HTMLButtonElement>(null);
  const before = useRef(open);
  useLayoutEffect(() => {
    if (before.current === 'password' && open === null) passwordButton.current?.focus();
    before.current = open;
  }, [open]);
  const { name, displayName, role, createdAt, hasPassword } = user;
  const change = async (patch: UserPatch) => {
    try {
      await peopleClient.updateUser(name, patch);
      showToast('Saved.', { topic: 'admin' });
    } catch (error) {
      showToast(failureWords(error), { kind: 'error', topic: 'admin' });
    }
    await onChanged();
  };
  return (
    <li class="pp-row">
      <Avatar id={name} name={displayName} />
      <span class="pp-words">
        <span class="pp-name">
          {displayName}
          {isSelf && <span class="soft"> (you)</span>}
        </span>
        <span class="small-print">
          @{name} · since {dayWords(createdAt)}
          {!hasPassword && ' · without a password'}
        </span>
      </span>
      {isSelf ? (
        <span class="soft">Administrator</span>
      ) : (
        <RolePicker user={user} onRole={(wanted) => void change({ role: wanted })} role={role} />
      )}
      <span class="pp-actions" hidden={isSelf}>
        <button
          ref={passwordButton}
          type="button"
          class="button small"
          aria-label={`New password for ${displayName}`}
          aria-expanded={open === 'password'}
          onClick={() => setOpen(open === 'password' ? null : 'password')}
        >
          New password
        </button>
        <button
          type="button"
          class="button small pp-danger"
          aria-label={`Remove ${displayName}`}
          onClick={() => setOpen('remove')}
        >
          Remove
        </button>
      </span>
      {open === 'password' && <NewPasswordForm user={user} onDone={() => setOpen(null)} />}
      {open === 'remove' && (
        <RemovePerson user={user} onClose={() => setOpen(null)} onRemoved={onChanged} />
      )}
    </li>
  );
};

const RolePicker = ({
  user: { displayName },
  role,
  onRole,
}: {
  user: User;
  role: User['role'];
  onRole: (role: User['role']) => void;
}): JSX.Element => (
  <select
    class="select admin-role"
    aria-label={`Role of ${displayName}`}
    value={role}
    onChange={(event) => {
      const chosen = ROLE_CHOICES.find(([one]) => one === event.currentTarget.value);
      if (chosen !== undefined) onRole(chosen[0]);
    }}
  >
    {ROLE_CHOICES.map(([value, words]) => (
      <option key={value} value={value}>
        {words}
      </option>
    ))}
  </select>
);
