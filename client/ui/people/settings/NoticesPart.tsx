import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { User } from '../../../../server/protocol/people.ts';
import { Form } from '../../parts/Form.tsx';
import { Switch } from '../../parts/Switch.tsx';
import { TextField } from '../../parts/TextField.tsx';
import { useForm } from '../../parts/useForm.ts';
import { isMailAddress } from './mailAddress.ts';
import { Part } from '../Part.tsx';
import { useSettings } from '../useSettings.ts';

/** How one is told of messages by mail. */
export const NoticesPart = ({ user }: { user: User }): JSX.Element => {
  const { shown, keep } = useSettings(user);
  const [typed, setTyped] = useState(shown.mailAddress ?? '');
  const control = useForm<'address'>();
  const save = async () => {
    const address = typed.trim();
    if (address !== '' && !isMailAddress(address)) {
      control.tell({ address: 'This is no mail address. One looks like ana@example.org.' });
      return;
    }
    // Who says where wants to be told there; who says nowhere does not.
    const isNew = shown.mailAddress === null && address !== '';
    await keep({
      mailAddress: address === '' ? null : address,
      ...((isNew || address === '') && { mailMessages: isNew }),
    });
  };
  return (
    <Part title="Notices" lead="Told of new messages by mail. The address is seen by nobody else.">
      <Form control={control} class="pp-form" submit="Save address" onSubmit={() => void save()}>
        <TextField
          label="Mail address"
          value={typed}
          problem={control.problems.address}
          hint="Leave it empty to get no mail."
          name="email"
          autocomplete="email"
          autocapitalize="none"
          spellcheck={false}
          enterkeyhint="done"
          maxLength={254}
          onInput={(address) => {
            setTyped(address);
            control.clear();
          }}
        />
      </Form>
      {shown.mailAddress !== null && (
        <>
          <Switch
            label="Mail me new messages"
            hint="Who left it, when, and a link to it."
            on={shown.mailMessages}
            onChange={(mailMessages) => void keep({ mailMessages })}
          />
          {shown.mailMessages && (
            <>
              <Switch
                label="Attach the sound"
                hint="Whoever reads the mail can listen to the message. Very long ones come without."
                on={shown.mailSound}
                onChange={(mailSound) => void keep({ mailSound })}
              />
              <Switch
                label="Mark as heard when mailed"
                hint="The message is not counted as new any more."
                on={shown.mailReads}
                onChange={(mailReads) => void keep({ mailReads })}
              />
            </>
          )}
        </>
      )}
    </Part>
  );
};
