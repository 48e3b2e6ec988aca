"""Finding things: Ctrl+K, and a search field that forgives accents."""
