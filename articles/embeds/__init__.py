"""Posts of other sites: which links lead to one (`hosts`), and what a site answers of it (`told`); pure Python."""
