"""The shapes of the API's answers; the page's types are generated from them."""
