/** `node --import @spanhouse/sdk/register app.mjs`: traces a program without a line in it; settings come from the environment. */

import { begin } from './instrument.js';
import { InvalidSettings } from './settings.js';

try {
  begin({}, true);
} catch (error) {
  if (!(error instanceof InvalidSettings)) throw error;
  console.error(`spanhouse: not traced: ${error.message}`);
}
