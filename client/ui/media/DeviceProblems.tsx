import type { JSX } from 'preact';
import type { DeviceProblem } from '../../core/devices.ts';
import type { LocalInput } from './LocalInput.ts';
import type { LocalMedia } from './LocalMedia.ts';
import { Icon } from '../parts/Icon.tsx';
import { browserFamily, problemWords } from './problemWords.ts';

const Problem = ({
  what,
  problem,
  inputs,
  beforeCall,
}: {
  what: string;
  problem: DeviceProblem;
  inputs: readonly LocalInput[];
  beforeCall: boolean;
}): JSX.Element => {
  const { title, cure, retry } = problemWords(what, problem, browserFamily(navigator.userAgent));
  return (
    <div class="notice">
      <Icon name="warning" />
      <div>
        <strong>{title}</strong>
        <p>
          {cure}
          {beforeCall && ' You can join without.'}
        </p>
        {retry && (
          <button
            type="button"
            class="button small"
            onClick={() => {
              for (const input of inputs) void input.open();
            }}
          >
            Try again
          </button>
        )}
      </div>
    </div>
  );
};

/** What stands between a person and their devices, and how to mend it. Joining works all the same. */
export const DeviceProblems = ({
  media,
  beforeCall = false,
}: {
  media: LocalMedia;
  beforeCall?: boolean;
}): JSX.Element => {
  const { microphone, camera } = media;
  const ofMicrophone = microphone.wanted.value ? microphone.problem.value : null;
  const ofCamera = camera.wanted.value ? camera.problem.value : null;
  if (ofMicrophone !== null && ofMicrophone === ofCamera) {
    return (
      <div class="problems" role="status">
        <Problem
          what="camera and microphone"
          problem={ofMicrophone}
          inputs={[microphone, camera]}
          beforeCall={beforeCall}
        />
      </div>
    );
  }
  return (
    <div class="problems" role="status">
      {ofMicrophone !== null && (
        <Problem
          what="microphone"
          problem={ofMicrophone}
          inputs={[microphone]}
          beforeCall={beforeCall}
        />
      )}
      {ofCamera !== null && (
        <Problem what="camera" problem={ofCamera} inputs={[camera]} beforeCall={beforeCall} />
      )}
    </div>
  );
};
