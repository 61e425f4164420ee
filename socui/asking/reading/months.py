"""The names of months in some languages, in small letters."""

from __future__ import annotations

_MONTHS = (
    "january|jan|januar|janvier|enero|januari|gennaio|janeiro",
    "february|feb|februar|février|fevrier|febrero|februari|febbraio|fevereiro",
    "march|mar|märz|maerz|mars|marzo|maart|março",
    "april|apr|avril|abril|aprile",
    "may|mai|mayo|mei|maggio|maio",
    "june|jun|juni|juin|junio|giugno|junho",
    "july|jul|juli|juillet|julio|luglio|julho",
    "august|aug|août|aout|agosto|augustus",
    "september|sept|sep|septembre|septiembre|settembre|setembro",
    "october|oct|oktober|okt|octobre|octubre|ottobre|outubro",
    "november|nov|novembre|noviembre|novembro",
    "december|dec|dezember|dez|décembre|decembre|diciembre|dicembre|dezembro",
)
MONTHS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split("|")}
"""The names of months in some languages."""
