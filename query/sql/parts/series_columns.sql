SeriesId, ServiceName, ScopeName, Attributes, ResourceAttributes,
    toUnixTimestamp64Nano(StartTimeUnix) AS Start, toUnixTimestamp64Nano(TimeUnix) AS Time,
    -- Bit 0 of the flags: the series ends here.
    bitTest(Flags, 0) AS IsEnd
