"""Sites, buildings and rooms, with plans and photos."""
