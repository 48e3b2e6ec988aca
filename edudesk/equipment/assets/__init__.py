"""Assets and depreciation (“hao mòn”)."""
