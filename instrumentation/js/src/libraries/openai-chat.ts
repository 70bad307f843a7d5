/** OpenAI's chat API as other SDKs took it over: what comes back, and what a stream of chunks adds up to. */

import { chatMessage, message, reasoning, text, toolCall, type Message, type Part } from '../messages.js';
import type { Answer, Given } from '../operation.js';
import * as semconv from '../semconv.js';
import type { Fold } from '../streams.js';

/** What a chat completion, or a legacy one, says. */
export function completion(result: any): Answer {
  const choices: any[] = result.choices ?? [];
  return {
    attributes: said(result, choices.map((each) => each.finish_reason), result.usage),
    content: () => ({
      [semconv.OUTPUT_MESSAGES]: choices.map((each) =>
        each.message ? chatMessage(each.message, each.finish_reason) : message('assistant', [text(each.text ?? '')], each.finish_reason),
      ),
    }),
  };
}

function said(result: any, reasons: (string | null | undefined)[], usage: any): Given {
  const given = reasons.filter((each): each is string => Boolean(each));
  return {
    [semconv.RESPONSE_ID]: result.id,
    [semconv.RESPONSE_MODEL]: result.model,
    [semconv.RESPONSE_FINISH_REASONS]: given.length ? given : undefined,
    [semconv.OPENAI_RESPONSE_SERVICE_TIER]: result.service_tier,
    [semconv.OPENAI_RESPONSE_SYSTEM_FINGERPRINT]: result.system_fingerprint,
    ...chatUsage(usage),
  };
}

/** The tokens of a chat completion; a bucket of 0 within a total says nothing and is left out. */
function chatUsage(used: any): Given {
  if (!used) return {};
  const { prompt_tokens_details: prompt, completion_tokens_details: completed } = used;
  return {
    [semconv.USAGE_INPUT_TOKENS]: used.prompt_tokens,
    [semconv.USAGE_OUTPUT_TOKENS]: used.completion_tokens,
    [semconv.USAGE_CACHE_READ_INPUT_TOKENS]: prompt?.cached_tokens || undefined,
    [semconv.USAGE_CACHE_WRITE_INPUT_TOKENS]: prompt?.cache_write_tokens || undefined,
    [semconv.USAGE_REASONING_OUTPUT_TOKENS]: completed?.reasoning_tokens || undefined,
    [semconv.USAGE_AUDIO_INPUT_TOKENS]: prompt?.audio_tokens || undefined,
    [semconv.USAGE_AUDIO_OUTPUT_TOKENS]: completed?.audio_tokens || undefined,
  };
}

/** The chunks of a chat stream, put together. */
export class ChatFold implements Fold {
  readonly #said: Record<string, unknown> = {};
  readonly #choices = new Map<number, Choice>();
  #usage: any;

  add(chunk: any): void {
    for (const name of ['id', 'model', 'service_tier', 'system_fingerprint']) {
      if (chunk?.[name] !== undefined && chunk[name] !== null) this.#said[name] = chunk[name];
    }
    this.#usage = chunk?.usage ?? chunk?.x_groq?.usage ?? this.#usage;
    for (const each of chunk?.choices ?? []) {
      const index: number = each.index ?? 0;
      const choice = this.#choices.get(index) ?? new Choice();
      this.#choices.set(index, choice);
      choice.add(each);
    }
  }

  answer(): Answer {
    const choices = [...this.#choices.entries()].toSorted(([a], [b]) => a - b).map(([, each]) => each);
    return {
      attributes: said(this.#said, choices.map((each) => each.finishReason), this.#usage),
      content: () => ({ [semconv.OUTPUT_MESSAGES]: choices.map((each) => each.message()) }),
    };
  }
}

class Choice {
  finishReason: string | undefined;
  #role = 'assistant';
  #thought = '';
  #text = '';
  readonly #calls = new Map<number, { id?: string; name?: string; arguments: string }>();

  add(choice: any): void {
    this.finishReason = choice.finish_reason ?? this.finishReason;
    const delta = choice.delta ?? { content: choice.text };
    this.#role = delta.role ?? this.#role;
    if (typeof delta.content === 'string') this.#text += delta.content;
    const thought = delta.reasoning_content ?? delta.reasoning;
    if (typeof thought === 'string') this.#thought += thought;
    for (const [place, call] of (delta.tool_calls ?? []).entries()) {
      const index: number = call.index ?? place;
      const held = this.#calls.get(index) ?? { arguments: '' };
      this.#calls.set(index, held);
      if (call.id) held.id = call.id;
      if (call.function?.name) held.name = call.function.name;
      held.arguments += call.function?.arguments ?? '';
    }
  }

  message(): Message {
    const parts: Part[] = [];
    if (this.#thought) parts.push(reasoning(this.#thought));
    if (this.#text) parts.push(text(this.#text));
    for (const call of this.#calls.values()) parts.push(toolCall(call.id, call.name, call.arguments));
    return message(this.#role, parts, this.finishReason);
  }
}
