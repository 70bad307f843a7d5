"""The API's routes, one module per noun: parse, ask one question, answer."""
