// Ways to call Anthropic's SDK, which makes its spans itself; prints what the program itself saw.
import Anthropic from '@anthropic-ai/sdk';
import { instrument } from '@spanhouse/sdk';

const report = instrument();
const client = new Anthropic({ maxRetries: 0 });
const ask = (content) => ({ model: 'claude-sonnet-4-5', max_tokens: 20, system: 'Be brief', messages: [{ role: 'user', content }] });

const CASES = {
  async create() {
    return (await client.messages.create(ask('Hello'))).content.at(-1).text;
  },
  async stream() {
    return (await client.messages.stream(ask('Hello')).finalMessage()).content.at(-1).text;
  },
  async tool() {
    const tools = [{ name: 'weather', description: 'The weather', input_schema: { type: 'object', properties: { city: { type: 'string' } } } }];
    return (await client.messages.create({ ...ask('use weather'), tools })).stop_reason;
  },
  async failed() {
    return client.messages.create(ask('fail')).catch((error) => error.constructor.name);
  },
};

const chosen = process.argv.slice(2);
const seen = { report: report.libraries.anthropic };
for (const name of chosen.length ? chosen : Object.keys(CASES)) seen[name] = await CASES[name]();
console.log(JSON.stringify(seen));
