"""Requests, reports held, changes and evidence in the workspace: how the interview begins, and the forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from socui.asking.beginning import MORE, begun_with
from socui.asking.recorded import unrecorded_change
from socui.profiles.profile import Listed, Profile, free_id
from socui.profiles.record_words import event_title, held_words, request_title
from socui.profiles.records import Event, Evidence, ReportHeld, Request
from socui.screens.widgets.lines import Tag
from socui.screens.widgets.record_lines import Editable
from socui.screens.workspace.navigation import Landing
from socui.screens.workspace.record_form import RecordForm, Slot
from socui.text import scrub_lines

if TYPE_CHECKING:
    from socui.screens.workspace.screen import Workspace


_LISTED: dict[str, type[Listed]] = {"held": ReportHeld, "event": Event}
"""By what the tag of a line begins with: the kind of record, which has no id."""


class Records:
    """Adds, changes and removes records of the profile, for the workspace that it is given."""

    def __init__(self, screen: Workspace) -> None:
        self.screen, self.state = screen, screen.state

    def start(self, id: str) -> None:
        """Begin with what happened: a request, or the first question that matters."""
        if self.screen.asking:
            return
        profile, request = begun_with(self.state.profile, id, self.state.knowledge.questions)
        if request is not None:
            self.state.change(profile.with_request(request))
            self.screen.ask(lambda: self._open_request(request.id, "words"))
            return
        if profile is not self.state.profile:
            self.state.change(profile)
        self.state.begun, self.state.current = True, None
        self.screen.show("questions")
        self.screen.answering.follow(self.state.navigation.next())

    def add_request(self) -> None:
        """Record one more request, and open its form."""
        if self.screen.asking:  # keys typed ahead: one is begun
            return
        request = Request(free_id(self.state.profile))
        self.state.change(self.state.profile.with_request(request))
        self.screen.ask(lambda: self._open_request(request.id, "words"))

    def paste(self, text: str) -> None:
        """Record a request in the words that were pasted, and read them."""
        words = scrub_lines(text).strip()
        if self.screen.asking or not words:
            return
        profile = self.state.profile
        if "role" not in profile.answers and "role" in self.state.knowledge.questions:
            profile = profile.with_answer("role", "provide")
        request = Request(free_id(profile), words=words)
        self.state.change(profile.with_request(request))
        self.screen.ask(lambda: self._open_request(request.id, "words", pasted=True))

    def choose(self, tag: tuple[str, ...]) -> None:
        """Open the record of that line, or add one."""
        match tag:
            case ("request", ""):
                self.add_request()
            case ("request", id):
                self.screen.ask(lambda: self._open_request(id))
            case ("held", "") if not self.screen.asking:
                self._add(ReportHeld("unknown"))
            case ("event", "") if not self.screen.asking:
                self._add(Event(kind=unrecorded_change(self.state.profile)))
            case (("held" | "event") as name, at) if at:
                self.screen.ask(lambda: self._open(listed_slot(_LISTED[name], int(at))))
            case ("evidence",):
                self.screen.ask(lambda: self._open(EVIDENCE_SLOT, "since"))

    def _add(self, record: Listed) -> None:
        kind = type(record)
        at = len(self.state.profile.listed(kind))
        self.state.change(self.state.profile.with_listed(kind, at, record))
        self.screen.ask(lambda: self._open(listed_slot(kind, at)))

    def lead_to(self, key: str) -> bool:
        """Open the form where an input of the plan is answered: "requests.r1.needed_by", "reports_held.soc1.to",
        "events.date", "evidence.since", "dates.year_end", or "needed_by" of whoever asked first. Gives whether the key is one of these."""
        profile, (kind, _, rest) = self.state.profile, key.partition(".")
        name, _, field = rest.partition(".")
        match kind:
            case "requests" | "needed_by":
                name = name or next((r.id for r in profile.requests), "")
                if any(r.id == name for r in profile.requests):
                    self.screen.ask(lambda: self._open(request_slot(name), field or "needed_by"))
                else:
                    self.add_request()
            case "reports_held" | "events" | "evidence":
                self.choose(self.line_of(key))
            case "dates":
                self.screen.action_save()
            case _:
                return False
        return True

    def point(self, key: str) -> None:
        """Put the cursor on the line of the record where an input of the plan is answered."""
        self.screen.focus_pane(0)
        self.screen.sheet("questions").point(self.line_of(key))

    def line_of(self, key: str) -> Tag:
        """Return the line of the record where an input of the plan is answered; () where no record without an id has it."""
        profile, (kind, _, rest) = self.state.profile, key.partition(".")
        match kind:
            case "reports_held":
                places = [at for at, held in enumerate(profile.reports_held) if held.report == rest.partition(".")[0]]
                return "held", str(places[0]) if places else ""
            case "events":
                places = [at for at, event in enumerate(profile.events) if not getattr(event, rest, None)]
                return "event", str(places[0]) if places else ""
            case "evidence":
                return ("evidence",)
        return ()

    def remove(self, tag: tuple[str, ...]) -> bool:
        """Take the record of that line away; undo brings it back. Gives whether there is one."""
        profile = self.state.profile
        match tag:
            case ("request", id) if id:
                words = next((request_title(r) for r in profile.requests if r.id == id), "")
                profile = profile.without_request(id)
            case ("held", at) if at:
                words = held_words(profile.reports_held[int(at)])
                profile = profile.with_listed(ReportHeld, int(at), None)
            case ("event", at) if at:
                words = event_title(profile.events[int(at)]).lower()
                profile = profile.with_listed(Event, int(at), None)
            case ("evidence",):
                words = "the day since which controls run"
                profile = EVIDENCE_SLOT.write(profile, None)
            case _:
                return False
        if self.state.change(profile):
            self.screen.tell(f"removed: {words}; u brings it back")
        return True

    async def _open_request(self, id: str, begin: str = "", pasted: bool = False) -> None:
        await self._open(request_slot(id), begin, pasted)
        if not begin:
            return
        more = MORE in self.state.knowledge.questions and MORE not in self.state.profile.answers
        self.screen.answering.follow(Landing(MORE) if more else self.state.navigation.next())

    async def _open(self, slot: Slot, begin: str = "", pasted: bool = False) -> None:
        await self.screen.app.push_screen_wait(RecordForm(self.state, slot, begin, pasted))
        self.screen.show()


def request_slot(id: str) -> Slot:
    """Return the request of that id."""

    def read(profile: Profile) -> Editable | None:
        return next((r for r in profile.requests if r.id == id), None)

    def write(profile: Profile, record: Editable | None) -> Profile:
        return profile.with_request(record) if isinstance(record, Request) else profile.without_request(id)

    return Slot("Request", read, write, Request)


def listed_slot(kind: type[Listed], at: int) -> Slot:
    """Return the report held or the change at that place."""

    def read(profile: Profile) -> Editable | None:
        listed = profile.listed(kind)
        return listed[at] if at < len(listed) else None

    def write(profile: Profile, record: Editable | None) -> Profile:
        return profile.with_listed(kind, at, record if isinstance(record, kind) else None)

    return Slot("Report that you hold" if kind is ReportHeld else "Big change", read, write, kind)


def _with_evidence(profile: Profile, record: Editable | None) -> Profile:
    from msgspec.structs import replace

    return replace(profile, evidence=record if isinstance(record, Evidence) else Evidence())


EVIDENCE_SLOT = Slot("Evidence", lambda profile: profile.evidence, _with_evidence, Evidence)
