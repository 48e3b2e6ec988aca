"""Sealed pages of the register (“niêm phong”) and checking a seal."""
