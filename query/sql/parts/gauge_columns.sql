${point_columns},
    Value,
    ValueInt,
    ValueType,
    ${exemplar_columns}
