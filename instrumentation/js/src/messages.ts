/**
 * Messages in the shapes of OpenTelemetry's GenAI conventions, from the shape that most providers took over from OpenAI's chat.
 *
 * A message is {role, parts}, a part {type, ...}: text, reasoning, tool_call, tool_call_response, uri, blob, file. What has no
 * part of its own keeps the provider's fields under its own `type`.
 */

import { blob, media } from './content.js';

export type Part = Record<string, unknown>;
export interface Message {
  role: string;
  parts: Part[];
  name?: string;
  finish_reason?: string;
}

export function text(content: string): Part {
  return { type: 'text', content };
}

export function reasoning(content: string): Part {
  return { type: 'reasoning', content };
}

/** A part `tool_call`; arguments that are JSON as text become what they say. */
export function toolCall(id: unknown, name: unknown, given: unknown): Part {
  return { type: 'tool_call', id, name, arguments: parsed(given) };
}

export function toolCallResponse(id: unknown, response: unknown): Part {
  return { type: 'tool_call_response', id, response: parsed(response) };
}

/** What a text of a JSON object or array says, else the value itself. */
export function parsed(value: unknown): unknown {
  if (typeof value !== 'string' || !/^[[{]/.test(value)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

export function message(role: string, parts: Part[], finishReason?: string | null, name?: string | null): Message {
  return { role, parts, ...(name ? { name } : {}), ...(finishReason ? { finish_reason: finishReason } : {}) };
}

/** One message of OpenAI's chat API: {role, content, tool_calls?, tool_call_id?, name?}. */
export function chatMessage(item: any, finishReason?: string | null): Message {
  const role: string = item?.role ?? 'user';
  const content = item?.content;
  if (role === 'tool' || role === 'function') {
    const answer = Array.isArray(content) ? content.map((part) => part?.text ?? '').join('') : content;
    return message('tool', [toolCallResponse(item.tool_call_id ?? item.name, answer)]);
  }
  const parts: Part[] = [];
  const thought = item?.reasoning_content ?? item?.reasoning;
  if (typeof thought === 'string' && thought) parts.push(reasoning(thought));
  parts.push(...contentParts(content));
  if (item?.refusal) parts.push({ type: 'refusal', content: item.refusal });
  for (const call of item?.tool_calls ?? []) {
    const asked = call.function ?? call.custom;
    parts.push(toolCall(call.id, asked?.name, asked?.arguments ?? asked?.input));
  }
  if (item?.audio) parts.push(audio(item.audio));
  return message(role, parts, finishReason, item?.name);
}

function audio(sound: any): Part {
  if (sound.data === undefined) return { type: 'file', modality: 'audio', file_id: sound.id };
  return { ...blob('audio', sound.data, 'audio/wav'), transcript: sound.transcript };
}

/** The parts of a message's `content`: a text, or a list of OpenAI's content parts. */
export function contentParts(content: any): Part[] {
  if (content === undefined || content === null || content === '') return [];
  if (typeof content === 'string') return [text(content)];
  return (Array.isArray(content) ? content : [content]).map(contentPart);
}

function contentPart(part: any): Part {
  if (typeof part === 'string') return text(part);
  switch (part?.type) {
    case 'text':
    case 'input_text':
    case 'output_text':
      return text(part.text ?? '');
    case 'refusal':
      return { type: 'refusal', content: part.refusal };
    case 'image_url':
      return media('image', typeof part.image_url === 'string' ? part.image_url : (part.image_url?.url ?? ''));
    case 'input_image':
      return part.image_url ? media('image', part.image_url) : { type: 'file', modality: 'image', file_id: part.file_id };
    case 'input_audio':
      return blob('audio', part.input_audio?.data ?? '', `audio/${part.input_audio?.format ?? 'wav'}`);
    case 'file':
    case 'input_file': {
      const file = part.file ?? part;
      if (file.file_id) return { type: 'file', modality: 'document', file_id: file.file_id };
      return media('document', String(file.file_data ?? file.file_url ?? ''));
    }
    default:
      return { type: 'unknown', ...part };
  }
}

/** `gen_ai.tool.definitions` of OpenAI's `tools`: flat, or with the function nested. */
export function toolDefinitions(tools: any): Part[] | undefined {
  if (!Array.isArray(tools) || !tools.length) return undefined;
  return tools.map((tool) => {
    const asked = tool.function ?? tool;
    const definition: Part = { type: tool.type ?? 'function', name: asked.name ?? tool.type };
    for (const field of ['description', 'parameters']) if (asked[field] !== undefined) definition[field] = asked[field];
    return definition;
  });
}
