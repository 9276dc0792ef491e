"""Whose desk it is, and a further browser."""

from __future__ import annotations

from casereview.desk.office import Ask, Desk
from casereview.desk.sessions import name_said
from casereview.desk.shown import page


def me(desk: Desk, ask: Ask) -> str:
    """Who sits here; for another browser a link that opens it once."""
    given, ask.session.link = ask.session.link, ""
    return page("me.html.j2", name=ask.name, note=ask.session.told(), link=given)


def name(desk: Desk, ask: Ask) -> str:
    """Say who it is. Raises UsageError."""
    ask.session.name = name_said(ask.form.get("name", ""))
    return "/"


def link(desk: Desk, ask: Ask) -> str:
    """A link for another browser of this machine."""
    ask.session.link = f"http://{ask.host}/in/{desk.sessions.link()}"
    return "/me"
