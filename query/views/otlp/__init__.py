"""Rows of the store as OTLP JSON: the inverse of the collector's mapping, for all three signals.

OTLP JSON (specification, "JSON Protobuf Encoding"): ids in hex, 64-bit integers as strings, enums as numbers, names in
camelCase; a field at its default is left out, as protobuf would.
"""
