/** The moment a relative window counts back from: it moves when the question changes and when it is asked again. */
import { useState } from 'react';

/** A question is asked once its text has rested this long. */
export const TYPING_MS = 200;

export function useQuestionTime(query: object): [number, () => void] {
  const question = JSON.stringify(query);
  const [asked, setAsked] = useState(() => ({ at: Date.now(), question }));
  // oxlint-disable-next-line react/purity -- the clock is read once per question, and kept
  if (asked.question !== question) setAsked({ at: Date.now(), question });
  return [asked.at, () => setAsked({ at: Date.now(), question })];
}
