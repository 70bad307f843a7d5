// Ways to call LangChain, one after the other; prints what the program itself saw.
import { FakeListChatModel } from '@langchain/core/utils/testing';
import { StringOutputParser } from '@langchain/core/output_parsers';
import { ChatPromptTemplate } from '@langchain/core/prompts';
import { BaseRetriever } from '@langchain/core/retrievers';
import { RunnableLambda } from '@langchain/core/runnables';
import { tool } from '@langchain/core/tools';
import { ChatOpenAI } from '@langchain/openai';
import { createAgent } from 'langchain';
import { z } from 'zod';
import { instrument, span } from '@spanhouse/sdk';

const report = instrument(process.env.EXCLUDE ? { exclude: [process.env.EXCLUDE] } : {});
const model = new ChatOpenAI({ model: 'gpt-4o', maxRetries: 0 });
const weather = tool(async ({ city }) => span('ask the sky', async () => `rain in ${city}`), {
  name: 'weather',
  description: 'The weather',
  schema: z.object({ city: z.string() }),
});

class Notes extends BaseRetriever {
  lc_namespace = ['tests'];
  async _getRelevantDocuments(query) {
    return [{ pageContent: `about ${query}`, metadata: { page: 1 } }];
  }
}

const CASES = {
  async invoke() {
    return (await model.invoke('Hello')).content;
  },
  async stream() {
    let text = '';
    for await (const chunk of await model.stream('Hello')) text += chunk.content;
    return text;
  },
  async chain() {
    const chain = ChatPromptTemplate.fromTemplate('Say {word}').pipe(model).pipe(new StringOutputParser());
    return chain.withConfig({ runName: 'sayer' }).invoke({ word: 'Hello' });
  },
  async fake() {
    return (await new FakeListChatModel({ responses: ['Yes'] }).invoke('Hello')).content;
  },
  async lambda() {
    const inside = RunnableLambda.from(async (word) => (await model.invoke(word)).content);
    return inside.withConfig({ runName: 'lambda' }).invoke('Hello');
  },
  async retriever() {
    return (await new Notes().invoke('cats'))[0].pageContent;
  },
  async failed() {
    return model.invoke('fail').catch((error) => error.constructor.name);
  },
  async agent() {
    const agent = createAgent({ model, tools: [weather], name: 'forecaster' });
    const { messages } = await agent.invoke({ messages: [{ role: 'user', content: 'use weather' }] });
    return messages.some((each) => each.content === 'It says: rain in Paris');
  },
};

const chosen = process.argv.slice(2);
const seen = { report: report.libraries.langchain };
for (const name of chosen.length ? chosen : Object.keys(CASES)) seen[name] = await CASES[name]();
console.log(JSON.stringify(seen));
