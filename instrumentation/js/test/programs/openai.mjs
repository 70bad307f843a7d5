// Every way to call the OpenAI SDK, one after the other; prints what the program itself saw.
import OpenAI, { APIPromise } from 'openai';
import { zodResponseFormat, zodTextFormat } from 'openai/helpers/zod';
import { z } from 'zod';
import { instrument, session, tags, user } from '@spanhouse/sdk';

const report = instrument();
const client = new OpenAI({ maxRetries: 2 });
const model = 'gpt-4o';
const ask = (content) => ({ model, messages: [{ role: 'user', content }] });
const TOOLS = [
  { type: 'function', function: { name: 'weather', description: 'The weather', parameters: { type: 'object', properties: { city: { type: 'string' } } } } },
];

const CASES = {
  async chat() {
    const promise = client.chat.completions.create({ ...ask('Hello'), temperature: 0.5, max_tokens: 20, stop: 'END' });
    const isPromise = promise instanceof APIPromise;
    const answer = await promise;
    return { isPromise, text: answer.choices[0].message.content, requestId: '_request_id' in answer };
  },
  async tool() {
    const first = await client.chat.completions.create({ ...ask('use weather'), tools: TOOLS });
    const call = first.choices[0].message.tool_calls[0];
    const second = await client.chat.completions.create({
      ...ask('use weather'),
      messages: [...ask('use weather').messages, first.choices[0].message, { role: 'tool', tool_call_id: call.id, content: 'rain' }],
      tools: TOOLS,
    });
    return { called: call.function.name, text: second.choices[0].message.content };
  },
  async stream() {
    const stream = await client.chat.completions.create({ ...ask('slow'), stream: true, stream_options: { include_usage: true } });
    const kind = stream.constructor.name;
    let text = '';
    for await (const chunk of stream) text += chunk.choices[0]?.delta?.content ?? '';
    return { kind, text };
  },
  async left() {
    const stream = await client.chat.completions.create({ ...ask('Hello'), stream: true });
    for await (const chunk of stream) if (chunk) break;
    return {};
  },
  async aborted() {
    const stream = await client.chat.completions.create({ ...ask('Hello'), stream: true });
    stream.controller.abort();
    return {};
  },
  async broken() {
    const stream = await client.chat.completions.create({ ...ask('break'), stream: true });
    try {
      for await (const chunk of stream) void chunk;
    } catch (error) {
      return { error: error.constructor.name };
    }
    return { error: null };
  },
  async helper() {
    const final = await client.chat.completions.stream(ask('Hello')).finalChatCompletion();
    return { text: final.choices[0].message.content };
  },
  async withResponse() {
    const { data, response } = await client.chat.completions.create(ask('Hello')).withResponse();
    return { text: data.choices[0].message.content, status: response.status };
  },
  async asResponse() {
    const response = await client.chat.completions.create(ask('Hello')).asResponse();
    return { text: (await response.json()).choices[0].message.content };
  },
  async asResponseStream() {
    const response = await client.chat.completions.create({ ...ask('Hello'), stream: true, stream_options: { include_usage: true } }).asResponse();
    return { done: (await response.text()).includes('[DONE]') };
  },
  async notAwaited() {
    void client.chat.completions.create(ask('Hello'));
    await new Promise((resolve) => setTimeout(resolve, 200));
    return {};
  },
  async failed() {
    try {
      await client.chat.completions.create(ask('fail'));
    } catch (error) {
      return { error: error.constructor.name, status: error.status };
    }
    return {};
  },
  async retried() {
    return { text: (await client.chat.completions.create(ask('overload'))).choices[0].message.content };
  },
  async parse() {
    const format = zodResponseFormat(z.object({ city: z.string() }), 'place');
    try {
      const answer = await client.chat.completions.parse({ ...ask('Hello'), response_format: format });
      return { parsed: answer.choices[0].message.parsed };
    } catch (error) {
      return { error: error.constructor.name };
    }
  },
  async responses() {
    const answer = await client.responses.create({ model, instructions: 'Be brief', input: 'Hello', reasoning: { effort: 'low' } });
    return { text: answer.output_text };
  },
  async responsesStream() {
    const stream = await client.responses.create({ model, input: 'Hello', stream: true });
    const types = [];
    for await (const event of stream) types.push(event.type);
    return { last: types.at(-1) };
  },
  async responsesParse() {
    try {
      await client.responses.parse({ model, input: 'Hello', text: { format: zodTextFormat(z.object({ city: z.string() }), 'place') } });
    } catch (error) {
      return { error: error.constructor.name };
    }
    return {};
  },
  async embeddings() {
    const answer = await client.embeddings.create({ model: 'text-embedding-3-small', input: ['one', 'two'] });
    return { count: answer.data.length, isNumbers: typeof answer.data[0].embedding[0] };
  },
  async inherited() {
    await session('s-1', () => user('u-1', () => tags(['a'], () => tags('b', () => client.chat.completions.create(ask('Hello'))))));
    return {};
  },
};

const chosen = process.argv.slice(2);
const seen = { report: report.libraries.openai };
for (const name of chosen.length ? chosen : Object.keys(CASES)) seen[name] = await CASES[name]();
console.log(JSON.stringify(seen));
