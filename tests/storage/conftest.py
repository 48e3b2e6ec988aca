"""The fixtures of `conftest_storage`."""

from conftest_storage import db, folder

__all__ = ["db", "folder"]
