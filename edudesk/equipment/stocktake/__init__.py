"""The yearly count (“kiểm kê”)."""
