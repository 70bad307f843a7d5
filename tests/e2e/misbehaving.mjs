/** A page made to do what none may: proof that it would be noticed. */
import { drive } from './browser.mjs';

await drive(async ({ args: [how], open }) => {
  const page = await open('/ingest');
  await page.getByRole('link', { name: 'Ingest' }).waitFor();
  await page.evaluate(async (kind) => {
    if (kind === 'console') console.error('something is wrong');
    if (kind === 'exception') setTimeout(() => { throw new Error('thrown in the page'); });
    if (kind === 'outside') await fetch('http://telemetry.example/collect').catch(() => undefined);
    if (kind === 'answer') await fetch('/api/no-such-thing');
  }, how);
  await page.waitForTimeout(100);
  return {};
});
