import type { JSX } from 'preact';
import { useEffect, useId, useState } from 'preact/hooks';
import { Icon } from './Icon.tsx';

/** Shorter asks the server more often while somebody types. */
const TYPING_MS = 300;

export const SearchField = ({
  label,
  placeholder,
  onSearch,
}: {
  label: string;
  placeholder: string;
  onSearch: (q: string) => void;
}): JSX.Element => {
  const [text, setText] = useState('');
  const id = useId();
  useEffect(() => {
    const timer = setTimeout(() => onSearch(text.trim()), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text, onSearch]);
  return (
    <form
      class="search"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        onSearch(text.trim());
      }}
    >
      <label class="vh" for={id}>
        {label}
      </label>
      <Icon name="search" />
      <input
        id={id}
        class="input"
        type="search"
        maxLength={200}
        placeholder={placeholder}
        autocomplete="off"
        enterkeyhint="search"
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
    </form>
  );
};
