"""The register as it is kept: marks, records, locks; one Step per write."""
