"""What the legal desk works with: registers, organizations, names, imports, versions, and the relabels that follow."""
