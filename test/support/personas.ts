/** What the others know a person by: the colour of their picture and the pitch of their beeps. */
export interface Persona {
  readonly name: string;
  /** Degrees. */
  readonly hue: number;
  readonly toneHz: number;
}

/** Far enough apart to survive codecs and noise suppression; no tone is another's overtone. */
export const ANA: Persona = { name: 'Ana', hue: 0, toneHz: 440 };
export const BEN: Persona = { name: 'Ben', hue: 60, toneHz: 700 };
export const CEM: Persona = { name: 'Cem', hue: 240, toneHz: 1100 };
export const GUS: Persona = { name: 'Gus', hue: 300, toneHz: 950 };
