"""Places on the page “Trang chủ”."""

from __future__ import annotations

from edudesk.kernel.place import Place

HOME = Place(page="home")
PROBLEMS = Place(page="home", tab="problems")  # the window of what is to be looked at, over the board
