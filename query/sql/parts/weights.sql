SELECT SeriesId, AggregationTemporality, Start, Time, Labels, Since, Recorded, KnowsRange,
            arrayMap(slot -> tuple(
                    slot,
                    if(has(Own, slot), if(Since = Time, 1, (least(Time, {start:Int64} + (slot + 1) * {step:Int64}) - greatest(assumeNotNull(Since), {start:Int64} + slot * {step:Int64})) / (Time - assumeNotNull(Since))), 0.),
                    if(has(Following, slot), (least(Later.1, {start:Int64} + (slot + 1) * {step:Int64}) - greatest(Time, {start:Int64} + slot * {step:Int64})) / (Later.1 - Time), 0.)),
                arrayDistinct(arrayConcat(Own, Following))) AS Shares
        FROM
        (
            SELECT *,
                if(IsDifference, State.1 - Earlier.2.1, State.1) AS Recorded,
                -- Of a cumulative histogram they are of all its time.
                State.3 AND NOT IsDifference AS KnowsRange,
                AggregationTemporality = 2 AND Later.1 > 0 AND Later.2.1 >= State.1 AND Later.2.2 = State.2 AS IsContinued,
                if(Since IS NULL OR Since >= {end:Int64} OR Time < {start:Int64} OR Time = {start:Int64} AND Since < Time, [],
                    range(
                        intDiv(greatest(assumeNotNull(Since), {start:Int64}) - {start:Int64}, {step:Int64}),
                        intDiv(greatest(assumeNotNull(Since), least(Time, {end:Int64}) - 1, {start:Int64}) - {start:Int64}, {step:Int64}) + 1)) AS Own,
                if(NOT IsContinued OR Time >= {end:Int64} OR Later.1 <= {start:Int64}, [],
                    range(
                        intDiv(greatest(Time, {start:Int64}) - {start:Int64}, {step:Int64}),
                        intDiv(least(Later.1, {end:Int64}) - 1 - {start:Int64}, {step:Int64}) + 1)) AS Following
            FROM
            (
    ${intervals}
            )
        )
        -- Of the points inside a slot only the first and the last count.
        WHERE arrayExists(share -> share.2 != share.3, Shares)
