#!/bin/sh
# Makes the greetings anew, in the languages there are: espeak-ng speaks them, ffmpeg levels them to -16 LUFS.
# beep.ogg is a tone of 1 kHz of 400 ms.
set -eu
cd "$(dirname "$0")"

say() { # language, voice, name, words
  mkdir -p "$1"
  espeak-ng -v "$2" -s 165 -p 45 -g 4 --stdout "$4" |
    ffmpeg -nostdin -v error -y -i - -af 'highpass=f=90,lowpass=f=9000,loudnorm=I=-14:TP=-1.5:LRA=7,adelay=150,apad=pad_dur=0.25' \
      -ar 48000 -ac 1 -c:a libopus -b:a 32k -frame_duration 20 "$1/$3.ogg"
}

say en en-us unavailable 'Your call cannot be taken right now. Please leave a message after the tone. It will be recorded.'
say en en-us busy 'The line is busy. Please leave a message after the tone. It will be recorded.'
say en en-us afterName 'is not available. Please leave a message after the tone. It will be recorded.'
say de de unavailable 'Gerade ist niemand erreichbar. Bitte sprechen Sie nach dem Ton. Ihre Nachricht wird aufgezeichnet.'
say de de busy 'Der Anschluss ist besetzt. Bitte sprechen Sie nach dem Ton. Ihre Nachricht wird aufgezeichnet.'
say de de afterName 'ist nicht erreichbar. Bitte sprechen Sie nach dem Ton. Ihre Nachricht wird aufgezeichnet.'
say fr fr-fr unavailable 'Personne ne peut vous répondre. Laissez un message après le bip. Il sera enregistré.'
say fr fr-fr busy 'La ligne est occupée. Laissez un message après le bip. Il sera enregistré.'
say fr fr-fr afterName 'ne peut pas vous répondre. Laissez un message après le bip. Il sera enregistré.'
say es es unavailable 'Ahora no podemos atenderle. Deje un mensaje después de la señal. Se grabará.'
say es es busy 'La línea está ocupada. Deje un mensaje después de la señal. Se grabará.'
say es es afterName 'no puede atenderle. Deje un mensaje después de la señal. Se grabará.'
