"""Changes a vendor by a key: choose or clear an answer; add, change or remove a report."""

from __future__ import annotations

from msgspec.structs import replace

from socui.profiles.records import ReportHeld, Vendor

FORM_FIELDS = ("report", "type", "begins", "ends", "as_of", "opinion")
"""What the form of a report shows; what it does not show stays as it is."""


def turned(vendor: Vendor, question: str, word: str) -> Vendor:
    """Return the vendor with that answer chosen, or taken back where it was. Nothing and not sure stand alone."""
    if question != "entrusts":
        return replace(vendor, **{question: "" if getattr(vendor, question) == word else word})
    if word in vendor.entrusts:
        return replace(vendor, entrusts=tuple(w for w in vendor.entrusts if w != word))
    if word in ("none", "unsure"):
        return replace(vendor, entrusts=(word,))
    return replace(vendor, entrusts=(*(w for w in vendor.entrusts if w not in ("none", "unsure")), word))


def with_report(vendor: Vendor, place: int | None, made: ReportHeld | str) -> Vendor:
    """Return the vendor with that report at that place, or at the end; a word instead of a report removes the one
    there."""
    reports = list(vendor.reports)
    if place is None or place >= len(reports):
        reports += [made] if isinstance(made, ReportHeld) else []
    elif isinstance(made, ReportHeld):
        reports[place] = replace(reports[place], **{name: getattr(made, name) for name in FORM_FIELDS})
    else:
        del reports[place]
    return replace(vendor, reports=tuple(reports), none=None if reports else vendor.none)
