"""The page “Sổ điểm”: the grid, its panel, and all that opens from it."""
