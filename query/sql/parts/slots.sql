SELECT *,
        arrayJoin(range(
            intDiv(greatest(Since, {start:Int64}) - {start:Int64}, {step:Int64}),
            intDiv(greatest(Since, least(Time, {end:Int64}) - 1, {start:Int64}) - {start:Int64}, {step:Int64}) + 1)) AS Slot,
        {start:Int64} + Slot * {step:Int64} AS SlotStart,
        if(Since = Time, 1, (least(Time, SlotStart + {step:Int64}) - greatest(Since, SlotStart)) / (Time - Since)) AS Share
