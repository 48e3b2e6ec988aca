"""Computer rooms: machines, timetable, log, and whether they are enough; counts and standards of rooms."""
