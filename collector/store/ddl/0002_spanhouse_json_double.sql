-- A finite double as JSON that reads back as a double: 5 prints as 5.0, since 5 would read back as an int.
CREATE FUNCTION IF NOT EXISTS spanhouse_json_double ${on_cluster} AS (d) ->
    if(match(toString(d), '^-?[0-9]+$$'), concat(toString(d), '.0'), toString(d))
