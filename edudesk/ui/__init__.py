"""The Qt floor: everything on the screen that is not about school."""
