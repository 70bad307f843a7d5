/**
 * `@anthropic-ai/sdk`: it makes its spans itself since it depends on OpenTelemetry, so it is only told whether content is
 * written, and normalised on the way out (native.ts).
 *
 * A client reads the variables when it is constructed: one that is older than `instrument()` keeps its own mind.
 */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Library } from '../engine.js';
import { telemetry } from '../telemetry.js';

export const anthropic: Library = {
  name: 'anthropic',
  package: '@anthropic-ai/sdk',
  modules: [],
  begin: (found, patches) => {
    if (!existsSync(join(found.folder, 'internal', 'tracing.js'))) {
      return { state: 'skipped', why: `${found.version} makes no spans itself; 1.13 does` };
    }
    if (process.env.ANTHROPIC_OPEN_TELEMETRY?.toLowerCase() === 'false') {
      return { state: 'skipped', why: 'ANTHROPIC_OPEN_TELEMETRY is false' };
    }
    patches.environment('ANTHROPIC_OPEN_TELEMETRY_TRACES_CONTENT_MODE', telemetry()?.content.captured ? 'content' : 'metadata_only');
    return { state: 'native', why: '' };
  },
};
