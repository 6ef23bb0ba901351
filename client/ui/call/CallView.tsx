import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import './call.css';
import '../recording/recording.css';
import { useLetters } from '../parts/hooks.ts';
import { ShortcutsDialog } from '../parts/ShortcutsDialog.tsx';
import { ConsentDialog } from '../recording/ConsentDialog.tsx';
import { AudioSinks } from './AudioSinks.tsx';
import { CallHeader } from './CallHeader.tsx';
import type { CallSession } from './CallSession.ts';
import { CallContext } from './context.ts';
import { Controls } from './Controls.tsx';
import { DevicesDialog } from './DevicesDialog.tsx';
import { Notices, PassingNotices } from './Notices.tsx';
import { PeoplePanel } from './PeoplePanel.tsx';
import { isTyping, SHORTCUTS, shortcutOf, type ShortcutKey } from './shortcuts.ts';
import { Stages } from './Stages.tsx';
import { useWakeLock } from './wakeLock.ts';

export interface CallViewProps {
  call: CallSession;
  /** Further buttons at the foot. */
  tools?: ComponentChildren;
  /** What is to be said above the tiles. */
  notices?: ComponentChildren;
}

const useShortcuts = (letters: boolean, run: (key: ShortcutKey) => void): void => {
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const dialogOpen = document.querySelector('dialog:modal') !== null;
      const cardOpen = document.querySelector('[popover]:popover-open') !== null;
      const key = shortcutOf(event, { typing: isTyping(event.target), letters });
      // An open dialog has the keyboard to itself, and Escape closes what is on top.
      if (key === null || dialogOpen || (cardOpen && key === 'Escape')) return;
      event.preventDefault();
      latest.current(key);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [letters]);
};

/** All there is to see and to press in a call; whoever made the session closes it. */
export const CallView = ({ call, tools, notices }: CallViewProps): JSX.Element => {
  useWakeLock();

  const [peopleOpen, setPeopleOpen] = useState(false);
  const [dialog, setDialog] = useState<'shortcuts' | 'devices' | null>(null);
  const [letters, setLetters] = useLetters();
  const closePeople = () => {
    setPeopleOpen(false);
    document.querySelector<HTMLElement>('.controls [aria-expanded]')?.focus();
  };
  useShortcuts(letters, (key) => {
    switch (key) {
      case 'm':
        return call.toggleMicrophone();
      case 'v':
        return call.toggleCamera();
      case 's':
        return call.toggleScreen();
      case 'r':
        return call.recording.toggle();
      case 'p':
        return peopleOpen ? closePeople() : setPeopleOpen(true);
      case '?':
        return setDialog('shortcuts');
      case 'Escape':
        return peopleOpen ? closePeople() : undefined;
    }
  });

  return (
    <CallContext.Provider value={call}>
      <div class="call" data-panel={peopleOpen}>
        <CallHeader
          onDevices={() => setDialog('devices')}
          onShortcuts={() => setDialog('shortcuts')}
        />
        <main class="call-main">
          <Notices>{notices}</Notices>
          <div class="call-stages">
            <Stages />
            <PassingNotices />
          </div>
        </main>
        {peopleOpen && <PeoplePanel onClose={closePeople} />}
        <Controls
          peopleOpen={peopleOpen}
          onPeople={() => (peopleOpen ? closePeople() : setPeopleOpen(true))}
        >
          {tools}
        </Controls>
        <AudioSinks />
      </div>
      {dialog === 'shortcuts' && (
        <ShortcutsDialog
          shortcuts={SHORTCUTS}
          letters={letters}
          onLetters={setLetters}
          onClose={() => setDialog(null)}
        />
      )}
      {dialog === 'devices' && <DevicesDialog onClose={() => setDialog(null)} />}
      <ConsentDialog />
    </CallContext.Provider>
  );
};
