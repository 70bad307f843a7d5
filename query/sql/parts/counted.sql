WHERE Since < {end:Int64} AND (Time > {start:Int64} OR Since = {start:Int64})
