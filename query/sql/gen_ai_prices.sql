-- The prices of a project, each as text: a double would lose digits.
SELECT
    Provider,
    RequestModel,
    ResponseModel,
    ServiceTier,
    PriceName,
    PriceVersion,
    arrayMap(r -> (toUnixTimestamp(r.start), r.from_second, r.to_second, r.over_input_tokens), Rules) AS Applies,
    arrayMap(r -> [${units}], Rules) AS Prices
FROM gen_ai_prices FINAL
WHERE ProjectId = {project:String}
