"""The Model Context Protocol: what a language model may ask of a spanhouse server, over stdio or HTTP.

Every tool is a question to the REST API, so what holds there (projects, bounds, read only) holds here, and a process
beside the server needs no access to its store. Answers are text, compact, and say what they leave out.
"""
