"""Digital resources and systems in use."""
