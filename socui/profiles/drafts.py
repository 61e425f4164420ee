"""Keeps drafts of unsaved work apart from the profiles. The next start offers them and never applies them by itself."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from socui.errors import ProfileError
from socui.profiles.atomic_write import make_folder, not_saved, read_regular, write_whole
from socui.profiles.profile import Profile
from socui.profiles.profile_toml import PROFILE_LIMIT, from_bytes, to_bytes
from socui.text import visible

_KIND = "socui-draft"


class Draft(Struct, frozen=True):
    """A draft that nobody is working on. `of` is the file of the profile it was written for and `digest` that file as
    it was opened, both empty for work that was never saved. `problem` says why it cannot be read, else is empty."""

    path: Path
    profile: Profile
    of: Path | None = None
    digest: str = ""
    written: datetime | None = None
    problem: str = ""


class Drafts:
    """The folder of drafts. Each running socui has its own file for each profile, so none overwrites that of another."""

    def __init__(self, folder: Path, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.folder, self._now = folder, now
        self._session = os.urandom(4).hex()
        self._owner = f"{_host()}:{os.getpid()}:{_started(os.getpid())}"

    def write(
        self,
        profile: Profile,
        of: Path | None = None,
        digest: str = "",
        *,
        what_if: bool = False,
        aside: bool = False,
        work: str = "",
    ) -> Path:
        """Keep the profile as it is being edited; `of` and `digest` say which file, as it was opened, it comes from.
        Gives the draft's file, the same one for the same `of` and `work` as long as this socui runs: `work` tells pieces
        of work apart that have no file yet. A what-if of a profile has a file of its own, which says of none that it
        comes from it. With `aside` it is one of its own that is offered from now on: nobody works on it any more. Raises
        NotSaved, ProfileError."""
        about = {
            "of": os.fsencode(of).decode("utf-8", "replace") if of and not what_if else "",
            "from": digest,
            "owner": "" if aside else self._owner,
            "written": self._now().replace(microsecond=0),
        }
        data = to_bytes(replace(profile, extra={**profile.extra, "draft": about}), kind=_KIND)
        own = os.urandom(4).hex() if aside else self._session + (f"-{work}" if work and not of else "")
        path = self.folder / f"{of.stem if of else 'unnamed'}-{own}{'-what-if' if what_if else ''}.toml"
        make_folder(self.folder)
        write_whole(path, data)
        return path

    def offer(self, path: Path) -> None:
        """Nobody works on that draft any more: it is offered from now on. One that is gone or cannot be read stays so.
        Raises NotSaved."""
        try:
            profile = from_bytes(read_regular(path, PROFILE_LIMIT), _KIND).profile
        except (OSError, ProfileError):
            return
        about = profile.extra.get("draft")
        if isinstance(about, dict):
            left = replace(profile, extra={**profile.extra, "draft": {**about, "owner": ""}})
            write_whole(path, to_bytes(left, kind=_KIND))

    def left(self) -> list[Draft]:
        """Return the drafts of a socui that does not run any more, the newest first. Never raises for what one holds."""
        try:
            files = sorted(p for p in self.folder.iterdir() if p.suffix == ".toml" and not p.name.startswith("."))
        except OSError:
            return []
        drafts = [draft for file in files if (draft := self._read(file))]
        return sorted(drafts, key=lambda draft: draft.written or datetime(1, 1, 1, tzinfo=UTC), reverse=True)

    def discard(self, path: Path) -> None:
        """Remove a draft that was saved or is not wanted; one that is gone is fine. Raises NotSaved."""
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise not_saved(error, path) from None

    def _read(self, path: Path) -> Draft | None:
        """Return the draft in that file; None where the socui that writes it still runs."""
        try:
            profile = from_bytes(read_regular(path, PROFILE_LIMIT), _KIND).profile
        except (OSError, ProfileError) as error:
            return Draft(path, Profile(), problem=visible(str(error)))
        about = profile.extra.get("draft")
        about = about if isinstance(about, dict) else {}
        if _runs(str(about.get("owner", ""))):
            return None
        of, digest, written = about.get("of"), about.get("from"), about.get("written")
        return Draft(
            path,
            replace(profile, extra={key: value for key, value in profile.extra.items() if key != "draft"}),
            Path(of) if isinstance(of, str) and of else None,
            digest if isinstance(digest, str) else "",
            written if isinstance(written, datetime) and written.tzinfo else None,
        )


def _host() -> str:
    return os.uname().nodename


def _started(pid: int) -> str:
    """Return when that process started, as the system counts it: a process id alone is given again. Empty where
    unknown."""
    try:
        return Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()[19].decode()
    except (OSError, IndexError):
        return ""


def _runs(owner: str) -> bool:
    host, _, rest = owner.rpartition(":")[0].rpartition(":")
    started = owner.rpartition(":")[2]
    if host != _host() or not rest.isdecimal():
        return False
    if started:
        return _started(int(rest)) == started
    try:
        os.kill(int(rest), 0)
    except (OSError, OverflowError):
        return False
    return True
