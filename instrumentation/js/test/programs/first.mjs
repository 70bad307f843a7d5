// The usual way to write it: a module that calls instrument() is imported before the libraries are.
import './first-tracing.mjs';
import Anthropic from '@anthropic-ai/sdk';
import { ChatOpenAI } from '@langchain/openai';
import OpenAI from 'openai';

const ask = { model: 'gpt-4o', messages: [{ role: 'user', content: 'Hello' }] };
await new OpenAI().chat.completions.create(ask);
await new ChatOpenAI({ model: 'gpt-4o' }).pipe((each) => each.content).invoke('Hello');
await new Anthropic().messages.create({ ...ask, model: 'claude-sonnet-4-5', max_tokens: 20 });
