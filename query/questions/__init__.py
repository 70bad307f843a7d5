"""What the API is asked, one function per question: parameters in, answer out, SQL in between; blocking."""
