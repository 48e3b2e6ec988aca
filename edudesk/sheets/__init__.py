"""Spreadsheets and text lists, in and out: one engine that finds lists in them and plans before anything is written."""
