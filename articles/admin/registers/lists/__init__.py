"""Keepers' lists at the desk: layouts drawn up by pointing, a file's way from the upload to what is stored."""
