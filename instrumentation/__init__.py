"""What a program says of itself, in OpenTelemetry's words."""
