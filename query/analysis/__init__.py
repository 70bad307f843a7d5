"""What a trace says as a whole: where its time went, what was said in it, how it differs from another; pure."""
