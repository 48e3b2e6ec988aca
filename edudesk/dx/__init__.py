"""How far the school has come in digital transformation, scored by itself."""
