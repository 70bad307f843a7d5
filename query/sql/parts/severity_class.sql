multiIf(
        SeverityNumber BETWEEN 1 AND 24, intDiv(SeverityNumber + 3, 4),
        match(SeverityText, '(?i)^(fatal|crit|emerg|alert|panic)'), 6,
        match(SeverityText, '(?i)^(err|severe)'), 5,
        match(SeverityText, '(?i)^warn'), 4,
        match(SeverityText, '(?i)^(info|notice)'), 3,
        match(SeverityText, '(?i)^(debug|fine)'), 2,
        match(SeverityText, '(?i)^trace'), 1,
        0)
