/** A GenAI trace: tokens in the list, in the header and per span, the conversation of its last model call, a tool call. */
import { drive } from './browser.mjs';
import { readList, readPanel, selectSpan, waterfall } from './reading.mjs';

await drive(async ({ args: [traceId, chatName], open }) => {
  const page = await open('/?last=6h');
  const listed = (await readList(page)).rows.find((row) => row.trace_id === traceId);
  await page.goto(new URL(`/trace/${traceId}`, page.url()).href);
  const trace = await waterfall(page);
  const header = await page.locator('main header').first();
  const tokens = await header.getByTitle(/ in, .* out$/).getAttribute('title');
  const chats = page.getByRole('row').filter({ hasText: chatName });
  await selectSpan(page, chatName, (await chats.count()) - 1);
  const chat = { ...(await readPanel(page)), ...(await readMessages(page)) };
  await page.getByText(/tools? offered$/).click();
  chat.tools = await page.getByRole('complementary', { name: 'Span details' }).getByRole('tabpanel').locator('details pre').innerText();
  await selectSpan(page, 'execute_tool get_order');
  const tool = await readPanel(page);
  await selectSpan(page, 'execute_tool track_parcel');
  const failed_tool = await readPanel(page);
  return { listed, trace, tokens, chat, tool, failed_tool };
});

async function readMessages(page) {
  const messages = await page.getByRole('complementary', { name: 'Span details' }).getByRole('tabpanel').getByRole('article').evaluateAll((articles) =>
    articles.map((article) => ({ role: article.dataset.role, text: article.innerText })),
  );
  return { messages };
}
