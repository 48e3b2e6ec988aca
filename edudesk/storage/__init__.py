"""The school's data on disk: one encrypted SQLite file, one way to write, one journal."""
