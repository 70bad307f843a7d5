/** Names of attributes, events and metrics: OpenTelemetry's GenAI conventions, and the few of our own that the server knows. */

export const SCOPE = '@spanhouse/sdk';
export const SCHEMA_URL = 'https://opentelemetry.io/schemas/gen-ai/1.42.0';

export const OPERATION_NAME = 'gen_ai.operation.name';
export const PROVIDER_NAME = 'gen_ai.provider.name';
export const CONVERSATION_ID = 'gen_ai.conversation.id';
export const OUTPUT_TYPE = 'gen_ai.output.type';
export const REQUEST_MODEL = 'gen_ai.request.model';
export const REQUEST_STREAM = 'gen_ai.request.stream';
export const REQUEST_STOP_SEQUENCES = 'gen_ai.request.stop_sequences';
export const REQUEST_REASONING_LEVEL = 'gen_ai.request.reasoning.level';
export const REQUEST_PREVIOUS_RESPONSE_ID = 'gen_ai.request.previous_response.id';
export const REQUEST_ENCODING_FORMATS = 'gen_ai.request.encoding_formats';
export const RESPONSE_ID = 'gen_ai.response.id';
export const RESPONSE_MODEL = 'gen_ai.response.model';
export const RESPONSE_FINISH_REASONS = 'gen_ai.response.finish_reasons';
export const RESPONSE_TIME_TO_FIRST_CHUNK = 'gen_ai.response.time_to_first_chunk';
export const EMBEDDINGS_DIMENSION_COUNT = 'gen_ai.embeddings.dimension.count';
export const USAGE_INPUT_TOKENS = 'gen_ai.usage.input_tokens';
export const USAGE_OUTPUT_TOKENS = 'gen_ai.usage.output_tokens';
export const USAGE_CACHE_READ_INPUT_TOKENS = 'gen_ai.usage.cache_read.input_tokens';
export const USAGE_CACHE_WRITE_INPUT_TOKENS = 'gen_ai.usage.cache_write.input_tokens';
export const USAGE_REASONING_OUTPUT_TOKENS = 'gen_ai.usage.reasoning.output_tokens';
export const USAGE_AUDIO_INPUT_TOKENS = 'gen_ai.usage.audio.input_tokens';
export const USAGE_AUDIO_OUTPUT_TOKENS = 'gen_ai.usage.audio.output_tokens';
export const INPUT_MESSAGES = 'gen_ai.input.messages';
export const OUTPUT_MESSAGES = 'gen_ai.output.messages';
export const SYSTEM_INSTRUCTIONS = 'gen_ai.system_instructions';
export const TOOL_DEFINITIONS = 'gen_ai.tool.definitions';
export const AGENT_NAME = 'gen_ai.agent.name';
export const WORKFLOW_NAME = 'gen_ai.workflow.name';
export const TOOL_NAME = 'gen_ai.tool.name';
export const TOOL_TYPE = 'gen_ai.tool.type';
export const TOOL_DESCRIPTION = 'gen_ai.tool.description';
export const TOOL_CALL_ID = 'gen_ai.tool.call.id';
export const TOOL_CALL_ARGUMENTS = 'gen_ai.tool.call.arguments';
export const TOOL_CALL_RESULT = 'gen_ai.tool.call.result';
export const DATA_SOURCE_ID = 'gen_ai.data_source.id';
export const RETRIEVAL_QUERY_TEXT = 'gen_ai.retrieval.query.text';
export const RETRIEVAL_DOCUMENTS = 'gen_ai.retrieval.documents';
export const OPENAI_REQUEST_SERVICE_TIER = 'openai.request.service_tier';
export const OPENAI_RESPONSE_SERVICE_TIER = 'openai.response.service_tier';
export const OPENAI_RESPONSE_SYSTEM_FINGERPRINT = 'openai.response.system_fingerprint';

export const ERROR_TYPE = 'error.type';
export const SERVER_ADDRESS = 'server.address';
export const SERVER_PORT = 'server.port';
export const SERVICE_NAME = 'service.name';
export const SESSION_ID = 'session.id';
export const USER_ID = 'user.id';
export const CODE_FUNCTION_NAME = 'code.function.name';
export const LOG_RECORD_UID = 'log.record.uid';

export const EVALUATION_RESULT = 'gen_ai.evaluation.result';
export const EVALUATION_NAME = 'gen_ai.evaluation.name';
export const EVALUATION_SCORE_VALUE = 'gen_ai.evaluation.score.value';
export const EVALUATION_SCORE_LABEL = 'gen_ai.evaluation.score.label';
export const EVALUATION_EXPLANATION = 'gen_ai.evaluation.explanation';

export const SPANHOUSE_TAGS = 'spanhouse.tags';
export const SPANHOUSE_PROJECT = 'spanhouse.project';
export const FUNCTION_ARGUMENTS = 'spanhouse.function.arguments';
export const FUNCTION_RESULT = 'spanhouse.function.result';
export const ANNOTATION_ID = 'spanhouse.annotation.id';
export const ANNOTATION_SOURCE = 'spanhouse.annotation.source';
export const ANNOTATION_AUTHOR = 'spanhouse.annotation.author';
