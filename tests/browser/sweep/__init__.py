"""Every page of the desk, from the list of its addresses: opened and looked at in a real browser."""
