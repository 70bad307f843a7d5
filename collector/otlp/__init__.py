"""The protocol: two doors (gRPC, HTTP), decoding, rejection and what the inbox needs rewritten."""
