// A program that knows nothing of spanhouse.
import OpenAI from 'openai';

const answer = await new OpenAI().chat.completions.create({ model: 'gpt-4o', messages: [{ role: 'user', content: 'Hello' }] });
console.log(answer.choices[0].message.content);
process.exitCode = 3;
