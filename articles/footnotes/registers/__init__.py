"""A register file's dict to types and back; mistakes are collected with place and field."""

from articles.footnotes.registers.book import Registers
from articles.footnotes.registers.dump import registers_to_dict
from articles.footnotes.registers.parse import parse_organization, parse_registers, parse_usable
from articles.footnotes.registers.problems import Problem, RegisterFileError

__all__ = [
    "Problem",
    "RegisterFileError",
    "Registers",
    "parse_organization",
    "parse_registers",
    "parse_usable",
    "registers_to_dict",
]
