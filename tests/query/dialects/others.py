"""The dialects that came beside OpenTelemetry's: OpenInference, OpenLLMetry, MLflow, the Vercel AI SDK, Langfuse."""

from __future__ import annotations

from . import ANSWER, CALL, DOCUMENTS, QUERY, QUESTION, RESULT, SYSTEM, Step, dumps

_FUNCTION = {"name": "get_order", "arguments": dumps(CALL)}
_SYSTEM = {"role": "system", "content": SYSTEM}
_ASKED = {"role": "user", "content": QUESTION}
_CALLS = {
    "role": "assistant",
    "content": None,
    "tool_calls": [{"id": "c1", "type": "function", "function": _FUNCTION}],
}
_TOLD = {"role": "tool", "tool_call_id": "c1", "content": dumps(RESULT)}
_SAYS = {"role": "assistant", "content": ANSWER}

_OI_PROMPT = {
    "openinference.span.kind": "LLM",
    "llm.provider": "openai",
    "llm.system": "openai",
    "llm.model_name": "gpt-4o",
    "llm.input_messages.0.message.role": "system",
    "llm.input_messages.0.message.content": SYSTEM,
    "llm.input_messages.1.message.role": "user",
    "llm.input_messages.1.message.content": QUESTION,
}
_OI_CALL = {
    "message.role": "assistant",
    "message.tool_calls.0.tool_call.id": "c1",
    "message.tool_calls.0.tool_call.function.name": "get_order",
    "message.tool_calls.0.tool_call.function.arguments": dumps(CALL),
}

OPENINFERENCE = [
    Step("agent", None, {"openinference.span.kind": "AGENT", "agent.name": "support", "session.id": "s-1", "user.id": "ann", "input.value": QUESTION, "output.value": ANSWER,
        # openinference#3164: the agent sums its calls up.
        "llm.token_count.prompt": 2200, "llm.token_count.completion": 80, "llm.token_count.total": 2280}),
    Step("first", "agent", _OI_PROMPT | {f"llm.output_messages.0.{key}": value for key, value in _OI_CALL.items()} | {
        "llm.token_count.prompt": 1000, "llm.token_count.completion": 50, "llm.token_count.total": 1050, "llm.token_count.completion_details.reasoning": 20, "llm.finish_reason": "tool_calls"}),
    Step("tool", "agent", {"openinference.span.kind": "TOOL", "tool.name": "get_order", "tool.id": "c1", "input.value": dumps(CALL), "output.value": dumps(RESULT)}),
    Step("embedding", "agent", {"openinference.span.kind": "EMBEDDING", "llm.provider": "openai", "embedding.model_name": "text-embedding-3-small", "llm.token_count.prompt": 8, "llm.token_count.total": 8}),
    Step("retrieval", "agent", {"openinference.span.kind": "RETRIEVER", "input.value": QUERY, "retrieval.documents.0.document.id": "help-1", "retrieval.documents.0.document.score": 0.9}),
    Step("second", "agent", _OI_PROMPT | {f"llm.input_messages.2.{key}": value for key, value in _OI_CALL.items()} | {
        "llm.input_messages.3.message.role": "tool", "llm.input_messages.3.message.tool_call_id": "c1", "llm.input_messages.3.message.content": dumps(RESULT),
        "llm.output_messages.0.message.role": "assistant", "llm.output_messages.0.message.content": ANSWER,
        "llm.token_count.prompt": 1200, "llm.token_count.completion": 30, "llm.token_count.total": 1230,
        "llm.token_count.prompt_details.cache_read": 1024, "llm.token_count.completion_details.reasoning": 10, "llm.finish_reason": "stop"}),
]  # fmt: skip

_TL_PROMPT = {
    "llm.request.type": "chat",
    "gen_ai.system": "OpenAI",
    "gen_ai.request.model": "gpt-4o",
    "gen_ai.prompt.0.role": "system",
    "gen_ai.prompt.0.content": SYSTEM,
    "gen_ai.prompt.1.role": "user",
    "gen_ai.prompt.1.content": QUESTION,
}
_TL_CALL = {
    "role": "assistant",
    "tool_calls.0.id": "c1",
    "tool_calls.0.name": "get_order",
    "tool_calls.0.arguments": dumps(CALL),
}

OPENLLMETRY = [
    Step("agent", None, {"traceloop.span.kind": "agent", "traceloop.entity.name": "support", "gen_ai.agent.name": "support",
        "traceloop.association.properties.session_id": "s-1", "traceloop.association.properties.user_id": "ann",
        "traceloop.entity.input": dumps({"inputs": QUESTION}), "traceloop.entity.output": dumps({"outputs": ANSWER})}),
    Step("first", "agent", _TL_PROMPT | {f"gen_ai.completion.0.{key}": value for key, value in _TL_CALL.items()} | {
        "gen_ai.completion.0.finish_reason": "tool_calls", "gen_ai.usage.prompt_tokens": 1000, "gen_ai.usage.completion_tokens": 50, "llm.usage.total_tokens": 1050, "gen_ai.usage.reasoning_tokens": 20}),
    Step("tool", "agent", {"traceloop.span.kind": "tool", "gen_ai.tool.name": "get_order",
        "traceloop.entity.input": dumps({"kwargs": CALL}), "traceloop.entity.output": dumps({"output": RESULT})}),
    Step("embedding", "agent", {"llm.request.type": "embedding", "gen_ai.system": "OpenAI", "gen_ai.request.model": "text-embedding-3-small", "gen_ai.usage.prompt_tokens": 8, "llm.usage.total_tokens": 8}),
    Step("second", "agent", _TL_PROMPT | {f"gen_ai.prompt.2.{key}": value for key, value in _TL_CALL.items()} | {
        "gen_ai.prompt.3.role": "tool", "gen_ai.prompt.3.tool_call_id": "c1", "gen_ai.prompt.3.content": dumps(RESULT),
        "gen_ai.completion.0.role": "assistant", "gen_ai.completion.0.content": ANSWER, "gen_ai.completion.0.finish_reason": "stop",
        "gen_ai.usage.prompt_tokens": 1200, "gen_ai.usage.completion_tokens": 30, "llm.usage.total_tokens": 1230,
        "gen_ai.usage.cache_read_input_tokens": 1024, "gen_ai.usage.reasoning_tokens": 10}),
]  # fmt: skip

_ML_MODEL = {
    "mlflow.spanType": dumps("CHAT_MODEL"),
    "mlflow.llm.provider": dumps("openai"),
    "mlflow.llm.model": dumps("gpt-4o"),
}
_ML_DETAILS = {"prompt_tokens_details": {"cached_tokens": 1024}}

MLFLOW = [
    Step("agent", None, {"mlflow.spanType": dumps("AGENT"), "gen_ai.agent.name": "support", "mlflow.trace.session": dumps("s-1"), "mlflow.trace.user": dumps("ann"),
        "mlflow.spanInputs": dumps({"question": QUESTION}), "mlflow.spanOutputs": dumps(ANSWER),
        "mlflow.chat.tokenUsage": dumps({"input_tokens": 2200, "output_tokens": 80, "total_tokens": 2280})}),
    Step("first", "agent", _ML_MODEL | {"mlflow.spanInputs": dumps({"model": "gpt-4o", "messages": [_SYSTEM, _ASKED]}),
        "mlflow.spanOutputs": dumps({"id": "r1", "choices": [{"index": 0, "message": _CALLS, "finish_reason": "tool_calls"}]}),
        "mlflow.chat.tokenUsage": dumps({"input_tokens": 1000, "output_tokens": 50, "total_tokens": 1050, "reasoning_tokens": 20})}),
    Step("get_order", "agent", {"mlflow.spanType": dumps("TOOL"), "mlflow.spanInputs": dumps(CALL), "mlflow.spanOutputs": dumps(RESULT)}),
    Step("embedding", "agent", {"mlflow.spanType": dumps("EMBEDDING"), "mlflow.llm.provider": dumps("openai"), "mlflow.llm.model": dumps("text-embedding-3-small"),
        "mlflow.chat.tokenUsage": dumps({"input_tokens": 8, "output_tokens": 0, "total_tokens": 8})}),
    Step("retrieval", "agent", {"mlflow.spanType": dumps("RETRIEVER"), "mlflow.spanInputs": dumps({"query": QUERY}), "mlflow.spanOutputs": dumps(DOCUMENTS)}),
    Step("second", "agent", _ML_MODEL | {"mlflow.spanInputs": dumps({"model": "gpt-4o", "messages": [_SYSTEM, _ASKED, _CALLS, _TOLD]}),
        "mlflow.spanOutputs": dumps({"id": "r2", "choices": [{"index": 0, "message": _SAYS, "finish_reason": "stop"}]}),
        "mlflow.chat.tokenUsage": dumps({"input_tokens": 1200, "output_tokens": 30, "total_tokens": 1230, "cache_read_input_tokens": 1024, "reasoning_tokens": 10})}),
]  # fmt: skip

_AI_PROMPT = [
    {"role": "system", "content": SYSTEM},
    {"role": "user", "content": [{"type": "text", "text": QUESTION}]},
]
_AI_CALL = {"toolCallId": "c1", "toolName": "get_order", "input": CALL}
_AI_STEP = {"ai.operationId": "ai.generateText.doGenerate", "operation.name": "ai.generateText.doGenerate support", "ai.model.provider": "openai.responses", "ai.model.id": "gpt-4o", "gen_ai.system": "openai.responses", "gen_ai.request.model": "gpt-4o"}  # fmt: skip

VERCEL = [
    # The outer span sums its steps up.
    Step("agent", None, {"ai.operationId": "ai.generateText", "operation.name": "ai.generateText support", "ai.telemetry.functionId": "support", "ai.telemetry.metadata.sessionId": "s-1", "ai.telemetry.metadata.userId": "ann",
        "ai.model.provider": "openai.responses", "ai.model.id": "gpt-4o", "ai.prompt": dumps({"system": SYSTEM, "prompt": QUESTION}), "ai.response.text": ANSWER,
        "ai.usage.inputTokens": 2200, "ai.usage.outputTokens": 80, "ai.usage.totalTokens": 2280, "ai.usage.cachedInputTokens": 1024}),
    Step("first", "agent", _AI_STEP | {"ai.prompt.messages": dumps(_AI_PROMPT), "ai.response.toolCalls": dumps([_AI_CALL]), "ai.response.finishReason": "tool-calls",
        "gen_ai.response.finish_reasons": ["tool-calls"], "ai.usage.inputTokens": 1000, "ai.usage.outputTokens": 50, "ai.usage.totalTokens": 1050,
        "ai.usage.reasoningTokens": 20, "gen_ai.usage.input_tokens": 1000, "gen_ai.usage.output_tokens": 50}),
    Step("tool", "agent", {"ai.operationId": "ai.toolCall", "operation.name": "ai.toolCall support", "ai.toolCall.name": "get_order", "ai.toolCall.id": "c1", "ai.toolCall.args": dumps(CALL), "ai.toolCall.result": dumps(RESULT)}),
    Step("outer embedding", "agent", {"ai.operationId": "ai.embed", "ai.model.id": "text-embedding-3-small", "ai.model.provider": "openai.embedding", "ai.usage.tokens": 8}),
    Step("embedding", "outer embedding", {"ai.operationId": "ai.embed.doEmbed", "ai.model.id": "text-embedding-3-small", "ai.model.provider": "openai.embedding", "ai.usage.tokens": 8}),
    Step("second", "agent", _AI_STEP | {"ai.prompt.messages": dumps([*_AI_PROMPT, {"role": "assistant", "content": [{"type": "tool-call", **_AI_CALL}]},
            {"role": "tool", "content": [{"type": "tool-result", "toolCallId": "c1", "toolName": "get_order", "output": {"type": "json", "value": RESULT}}]}]),
        "ai.response.text": ANSWER, "ai.response.finishReason": "stop", "ai.usage.inputTokens": 1200, "ai.usage.outputTokens": 30, "ai.usage.totalTokens": 1230,
        "ai.usage.cachedInputTokens": 1024, "ai.usage.inputTokenDetails.noCacheTokens": 176, "ai.usage.inputTokenDetails.cacheReadTokens": 1024,
        "ai.usage.outputTokenDetails.reasoningTokens": 10, "gen_ai.usage.input_tokens": 1200, "gen_ai.usage.output_tokens": 30}),
]  # fmt: skip

_LF = {"langfuse.observation.type": "generation", "langfuse.observation.model.name": "gpt-4o"}

# Langfuse names no provider: the model alone says whose price it is.
LANGFUSE = [
    Step("support", None, {"langfuse.observation.type": "agent", "session.id": "s-1", "user.id": "ann", "langfuse.observation.input": dumps(QUESTION), "langfuse.observation.output": dumps(ANSWER)}),
    Step("first", "support", _LF | {"langfuse.observation.input": dumps([_SYSTEM, _ASKED]), "langfuse.observation.output": dumps(_CALLS),
        "langfuse.observation.usage_details": dumps({"input": 1000, "output": 30, "output_reasoning_tokens": 20, "total": 1050})}),
    Step("get_order", "support", {"langfuse.observation.type": "tool", "langfuse.observation.input": dumps(CALL), "langfuse.observation.output": dumps(RESULT)}),
    Step("embedding", "support", {"langfuse.observation.type": "embedding", "langfuse.observation.model.name": "text-embedding-3-small", "langfuse.observation.usage_details": dumps({"input": 8, "total": 8})}),
    Step("retrieval", "support", {"langfuse.observation.type": "retriever", "langfuse.observation.input": dumps(QUERY), "langfuse.observation.output": dumps(DOCUMENTS)}),
    Step("second", "support", _LF | {"langfuse.observation.input": dumps([_SYSTEM, _ASKED, _CALLS, _TOLD]), "langfuse.observation.output": dumps(_SAYS),
        "langfuse.observation.usage_details": dumps({"input": 176, "input_cached_tokens": 1024, "output": 20, "output_reasoning_tokens": 10})}),
]  # fmt: skip
