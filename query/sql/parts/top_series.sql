Labels,
    arrayMap(point -> point.1, arraySort(groupArray((Slot, Value))) AS Points) AS Slots,
    arrayMap(point -> point.2, Points) AS `Values`,
    min(min(First)) OVER () AS FirstNano,
    max(max(Last)) OVER () AS LastNano,
    count() OVER () AS Total
