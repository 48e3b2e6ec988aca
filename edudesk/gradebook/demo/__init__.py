"""The invented registers of a demo school."""
