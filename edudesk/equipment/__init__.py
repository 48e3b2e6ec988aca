"""The register of equipment: events, loans, stocktake, assets and depreciation."""
