"""`python -m tests.instrumentation.provider --port N`: the provider for programs in other languages; prints its
address."""

import argparse
import time

from . import Provider

parser = argparse.ArgumentParser()
parser.add_argument("--port", type=int, default=0)
with Provider(parser.parse_args().port) as provider:
    print(provider.url, flush=True)
    while True:
        time.sleep(3600)
