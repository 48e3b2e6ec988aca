"""The entry grid: typed down a column, the first columns frozen."""
