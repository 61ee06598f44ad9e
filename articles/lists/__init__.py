"""Keepers' lists, as they are: a file's bytes to lines with proposed names, and what is new against an older file.

Pure Python over the engine's: no database, no clock, no network. A layout (data) says which column is what.
"""
