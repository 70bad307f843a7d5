-- Which of a model's price rules applies to a call: the last that has begun, at this time of day, for that many input tokens.
CREATE FUNCTION IF NOT EXISTS gen_ai_rule ${on_cluster} AS (rules, time, input_tokens) -> arrayLast(
    r -> r.start <= time
        AND toUInt32(time) % 86400 >= r.from_second AND toUInt32(time) % 86400 < r.to_second
        AND (r.over_input_tokens = 0 OR input_tokens > r.over_input_tokens),
    rules)
