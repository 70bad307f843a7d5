from ..engine import Library
LIBRARY = Library("strands", "strands-agents", "strands", "1.0", native=True)
