-- What each GenAI span used and what that cost: the one source of every figure about tokens and costs. Sum over
-- `Counted`: the others repeat what a counted span says (docs/genai.md).
CREATE VIEW IF NOT EXISTS gen_ai_usage ${on_cluster} AS
${GenAiUsage}
