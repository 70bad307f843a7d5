"""Benchmarks: `python -m tests.bench` lists them, `python -m tests.bench NAME` runs one.

Each prints what it measured and its ratio to a reference run in the same minute on the same machine.
"""
