// Ways to call the AI SDK, one after the other; prints what the program itself saw.
import { createOpenAI } from '@ai-sdk/openai';
import { OpenTelemetry } from '@ai-sdk/otel';
import { embed, generateObject, generateText, isStepCount, registerTelemetry, streamText, tool } from 'ai';
import { z } from 'zod';
import { instrument, trace } from '@spanhouse/sdk';

const report = instrument();
if (process.env.REGISTERED) registerTelemetry(new OpenTelemetry());
const openai = createOpenAI();
const model = openai.chat('gpt-4o');
const tools = {
  weather: tool({
    description: 'The weather',
    inputSchema: z.object({ city: z.string() }),
    execute: trace('ask the sky', async ({ city }) => `rain in ${city}`),
  }),
};

const CASES = {
  async text() {
    return (await generateText({ model, instructions: 'Be brief', prompt: 'Hello', temperature: 0.5, maxOutputTokens: 20 })).text;
  },
  async responses() {
    return (await generateText({ model: openai.responses('gpt-4o'), prompt: 'Hello' })).text;
  },
  async agent() {
    const { text } = await generateText({ model, tools, prompt: 'use weather', stopWhen: isStepCount(3), telemetry: { functionId: 'forecaster' } });
    return text;
  },
  async stream() {
    let text = '';
    for await (const chunk of streamText({ model, prompt: 'slow' }).textStream) text += chunk;
    return text;
  },
  async object() {
    try {
      return (await generateObject({ model, schema: z.object({ city: z.string() }), prompt: 'Hello' })).object;
    } catch (error) {
      return error.name;
    }
  },
  async embedding() {
    return (await embed({ model: openai.embedding('text-embedding-3-small'), value: 'one' })).embedding.length > 0;
  },
  async failed() {
    return generateText({ model, prompt: 'fail' }).catch((error) => error.name);
  },
  async streamFailed() {
    const { fullStream } = streamText({ model, prompt: 'fail', onError: () => undefined });
    for await (const part of fullStream) if (part.type === 'error') return part.error.name;
    return null;
  },
  async retried() {
    return (await generateText({ model, prompt: 'overload' })).text;
  },
};

const chosen = process.argv.slice(2);
const seen = { report: report.libraries.ai };
for (const name of chosen.length ? chosen : Object.keys(CASES)) seen[name] = await CASES[name]();
console.log(JSON.stringify(seen));
