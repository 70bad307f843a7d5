-- The prices of a project.
SELECT Provider, RequestModel, ResponseModel, ServiceTier, PriceName, PriceVersion, Rules
FROM gen_ai_prices FINAL
WHERE ProjectId = {project:String}
