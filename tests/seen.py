"""What stands on the screen of an app that a pilot drives."""

from __future__ import annotations

from typing import Any

from textual.app import App


def shown(app: App[Any]) -> str:
    """Every cell of the screen as text."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(s.text for s in strip) for strip in strips)


def toasts(app: App[Any]) -> str:
    """What the notices say."""
    return "\n".join(notice.message for notice in app._notifications)
