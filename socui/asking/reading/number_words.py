"""Numbers in words, as requests have them."""

from __future__ import annotations

NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "eighteen": 18,
    "twenty-one": 21, "twenty-four": 24, "twenty-five": 25, "twenty-eight": 28, "twenty": 20, "thirty-six": 36,
    "thirty": 30, "forty-five": 45, "forty": 40, "fifty": 50, "sixty": 60, "seventy-five": 75, "ninety": 90,
}  # fmt: skip
"""Numbers in words."""
