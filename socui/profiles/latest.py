"""Finds the work to continue at the next start: the newest draft, else the profile that was changed last."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from socui.errors import ProfileError, StoreError
from socui.profiles.drafts import Draft
from socui.profiles.folder_index import Head
from socui.profiles.store import Opened, Store


class Latest(Struct, frozen=True):
    """The work that can be continued: the newest draft, the profile changed last, and how many of both there are."""

    draft: Draft | None
    head: Head | None
    drafts: int
    profiles: int


def latest(store: Store) -> Latest:
    """Return what an earlier run left. It reads the folder, so it may take a while; it may be called from a thread."""
    drafts = [draft for draft in store.drafts.left() if not draft.problem]
    try:
        heads = [head for head in store.heads() if head.opens]
    except StoreError:
        heads = []
    dated = [head for head in heads if head.updated is not None]
    newest = max(dated, key=lambda head: head.updated.timestamp() if head.updated else 0.0, default=None)
    return Latest(drafts[0] if drafts else None, newest, len(drafts), len(heads))


def opened_of(store: Store, draft: Draft) -> Opened | None:
    """Return the file that a draft was written for, with the digest it was opened at, so that a change since is a
    conflict."""
    if draft.of is None:
        return None
    try:
        return replace(store.open(draft.of), digest=draft.digest)
    except (StoreError, ProfileError):
        return None
