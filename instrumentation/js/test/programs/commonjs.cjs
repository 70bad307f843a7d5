// CommonJS: the library before us, or after us.
const first = process.argv[2] === 'after' ? require('@spanhouse/sdk') : undefined;
first?.instrument();
const OpenAI = require('openai');
const { ChatOpenAI } = require('@langchain/openai');
const { instrument } = require('@spanhouse/sdk');

const report = instrument();

async function main() {
  await new OpenAI().chat.completions.create({ model: 'gpt-4o', messages: [{ role: 'user', content: 'Hello' }] });
  await new ChatOpenAI({ model: 'gpt-4o' }).pipe((each) => each.content).invoke('Hello');
  console.log(JSON.stringify(report.libraries));
}
main();
