-- What a call of a model costs: one row for each way in which spans of a project name a model, with every price it had.
-- Written by the collector when it first sees the name, and by `spanhouse reprice`; costs are worked out when they are read.
CREATE TABLE IF NOT EXISTS gen_ai_prices ${on_cluster}
(
    ProjectId     LowCardinality(String),
    Provider      LowCardinality(String) COMMENT 'GenAiProvider',
    RequestModel  LowCardinality(String) COMMENT 'GenAiRequestModel',
    ResponseModel LowCardinality(String) COMMENT 'GenAiResponseModel',
    ServiceTier   LowCardinality(String) COMMENT 'GenAiServiceTier',
    PriceName     String COMMENT 'whose price it is, as provider/model; empty where no price is known',
    PriceVersion  LowCardinality(String) COMMENT 'where the price was found: genai-prices and its version, or prices.toml',
    Rules         Array(${PriceRule}) COMMENT 'US dollars a token; of those that apply to a call the last',
    PricedAt      DateTime64(9, 'UTC')
)
ENGINE = ${replicated}ReplacingMergeTree(PricedAt)
ORDER BY (ProjectId, Provider, RequestModel, ResponseModel, ServiceTier)
SETTINGS ${settings}
