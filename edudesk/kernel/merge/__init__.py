"""Rows of one or several desks become the tables: pure, the same for any order in which the rows came."""
