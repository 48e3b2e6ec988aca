"""The school itself: years and terms, sites, classes, subjects, who teaches what, letterhead."""
