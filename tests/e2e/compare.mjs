/** Two traces marked in the list by keys and compared; a session read as a conversation; the pages by "g" and a letter. */
import { drive } from './browser.mjs';
import { addressOf, quiet } from './reading.mjs';

await drive(async ({ args: [left, right, session], open }) => {
  const page = await open('/?last=6h');
  for (const id of [left, right]) {
    await page.locator(`a[href="/trace/${id}"]`).focus();
    await page.keyboard.press('x');
  }
  const tray = await page.getByRole('region', { name: 'Traces to compare' }).innerText();
  await page.keyboard.press('c');
  const compared = await readSteps(page);
  await page.keyboard.press('n');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: /^left span/ }).waitFor();
  // The view is written to the address once it rests.
  await page.waitForTimeout(350);
  const at = addressOf(page);
  await page.reload();
  await page.getByRole('link', { name: /^left span/ }).waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('d');
  const different = await readSteps(page);
  await page.keyboard.press('s');
  const swapped = await readSteps(page);
  await page.keyboard.press('Escape');
  await page.getByRole('table', { name: 'Traces' }).waitFor();

  await page.keyboard.press('g');
  await page.keyboard.press('s');
  const link = page.getByRole('link', { name: session, exact: true });
  await link.click();
  const conversation = page.getByRole('list', { name: 'Conversation' });
  await conversation.getByRole('button', { name: /spans$/ }).click();
  await conversation.getByRole('link', { name: 'get_order' }).first().waitFor();
  const talk = { text: await page.locator('main').innerText(), address: addressOf(page) };
  await page.getByRole('link', { name: 'customer-2207' }).click();
  await page.getByRole('figure').first().waitFor();
  await quiet(page);
  const user = { text: await page.locator('main').innerText(), figures: await page.getByRole('figure').count() };
  return { tray, compared, at, different, swapped, talk, user };
});

async function readSteps(page) {
  await page.getByRole('table', { name: 'Steps' }).waitFor();
  await quiet(page);
  return {
    address: addressOf(page),
    status: await page.locator('main [role=status]').innerText(),
    steps: await page.locator('[data-match]').evaluateAll((rows) =>
      rows.map((row) => ({
        match: row.dataset.match,
        name: row.querySelector('b').textContent,
        cells: [...row.querySelectorAll('[role=cell]')].map((cell) => cell.textContent),
      })),
    ),
  };
}
