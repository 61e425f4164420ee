"""`socui engagement`: what a CPA firm needs to know for a quote, beside the answers: print the blanks, fill them in."""

from __future__ import annotations

import argparse
import os
from datetime import date

from msgspec.structs import replace

from socui.cli.output import put
from socui.errors import StoreError, Usage
from socui.knowledge.model import Knowledge
from socui.knowledge.toml_tables import suggest
from socui.profiles.profile import Profile
from socui.profiles.read_only import open_anywhere
from socui.profiles.store import Store
from socui.text import scrub, visible


def run(args: argparse.Namespace) -> int:
    """Print the fields with what is filled in, or set those that are given; an empty text takes one away."""
    from socui.deciding.precompiled import decider

    store = Store.default(args.profiles)
    if not args.pairs:
        from socui.deciding.precompiled import knowledge

        put(_listed(knowledge(args.data), open_anywhere(store, args.name).profile))
        return 0
    deciding = decider(args.data or os.environ.get("SOCUI_DATA"))
    texts = _given(deciding.knowledge, args.pairs)
    opened = store.open(args.name)
    if opened.read_only:
        raise StoreError(f"not saved: {opened.path.name}: {opened.read_only}")
    after = filled(opened.profile, texts)
    result = deciding.advise(after, date.today()).result
    store.save(replace(after, result=result), opened.digest, opened.path)
    return 0


def filled(profile: Profile, texts: dict[str, str]) -> Profile:
    """Return the profile with those fields, scrubbed; an empty text takes one away."""
    kept = {**profile.engagement, **{id: scrub(text).strip() for id, text in texts.items()}}
    return replace(profile, engagement={id: text for id, text in kept.items() if text})


def _given(knowledge: Knowledge, pairs: list[str]) -> dict[str, str]:
    fields = [field.id for field in knowledge.fields]
    texts = {}
    for pair in pairs:
        id, equals, text = pair.partition("=")
        if not equals:
            raise Usage(f"engagement: {visible(id)}: give it as FIELD=TEXT")
        if id not in fields:
            raise Usage(f"engagement: no field {visible(id)}. {suggest(id[:60], fields)}")
        texts[id] = text
    return texts


def _listed(knowledge: Knowledge, profile: Profile) -> str:
    lines = []
    for field in knowledge.fields:
        text = " ".join(visible(line) for line in profile.engagement.get(field.id, "").split("\n"))
        lines.append(f"{field.id}: {text}" if text else f"{field.id}:  ({field.title}: {field.hint})")
    return "\n".join(lines) + "\n"
