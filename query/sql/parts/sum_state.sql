Value
