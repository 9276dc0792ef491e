"""The addresses of the desk and what answers them. Every screen is a function from a request to a
page, every act one from a form to the page that is shown next.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager
from dataclasses import replace

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from casereview.desk import (
    campaign_screens,
    case_acts,
    case_screen,
    entrance,
    file_answers,
    intake_screens,
    issue_screen,
    split_screen,
    standard_screens,
    unit_items,
)
from casereview.desk.guard import Guard, session_of
from casereview.desk.office import Ask, Desk, Setting
from casereview.desk.sessions import COOKIE, Sessions
from casereview.desk.shown import HERE, for_page, page
from casereview.errors import CaseReviewError

STATIC = {
    "desk.css": "text/css",
    "desk.svg": "image/svg+xml",
    "desk.js": "text/javascript",
    "split.js": "text/javascript",
    "htmx.min.js": "text/javascript",
}
Screen = Callable[[Desk, Ask], str]
Act = Callable[[Desk, Ask], str]
Answer = Callable[[Request], Awaitable[Response]]
Where = Callable[[Callable[[], str]], Awaitable[str]]  # the thread in which an act is done
CASE = "/r/{run:int}/c/{case:int}"
ITEM = CASE + "/i/{item:int}"
UNIT_ITEM = "/r/{run:int}/u/{unit:int}/i/{item:int}"
SCREENS: dict[str, Screen] = {
    "/": campaign_screens.home,
    "/me": entrance.me,
    "/import": intake_screens.folders,
    "/import/progress": intake_screens.progress,
    "/r/{run:int}": campaign_screens.state,
    "/r/{run:int}/cases": campaign_screens.cases,
    "/r/{run:int}/u/{unit:int}": campaign_screens.unit,
    UNIT_ITEM: unit_items.item,
    "/r/{run:int}/issue": issue_screen.screen,
    "/r/{run:int}/issue/draft": issue_screen.draft_papers,
    "/r/{run:int}/compare": campaign_screens.comparison,
    "/r/{run:int}/objections": campaign_screens.objections,
    "/r/{run:int}/panel": campaign_screens.panel,
    "/r/{run:int}/s/{standard:int}": standard_screens.standard,
    CASE: case_screen.case,
    CASE + "/course": case_screen.course,
    CASE + "/split": split_screen.split,
    ITEM: case_screen.item,
}
ACTS: dict[str, Act] = {
    "/me/name": entrance.name,
    "/me/link": entrance.link,
    "/import/score": intake_screens.score,
    "/import/stop": intake_screens.stop,
    "/r/{run:int}/answers": intake_screens.answers,
    "/r/{run:int}/sheet": intake_screens.sheet,
    "/r/{run:int}/objections/decide": campaign_screens.decide,
    CASE + "/undo": case_acts.undo,
    CASE + "/hand-in": case_acts.hand_in,
    ITEM + "/say": case_acts.say,
    ITEM + "/back": case_acts.back,
    ITEM + "/draft": case_acts.draft,
    UNIT_ITEM + "/say": unit_items.say,
    UNIT_ITEM + "/back": unit_items.back,
    UNIT_ITEM + "/draft": unit_items.draft,
}
SLOW: dict[str, Act] = {  # acts of seconds, each with a store of its own
    CASE + "/split/save": split_screen.save,
    CASE + "/split/reset": split_screen.reset,
    "/r/{run:int}/issue/preview": issue_screen.preview,
    "/r/{run:int}/issue/send": issue_screen.send,
}
NAMELESS = ("/me", "/me/name")  # what may be asked before the person said who it is


def build(setting: Setting, sessions: Sessions, hosts: Collection[str]) -> Guard:
    """The desk as an ASGI application behind its door. ``hosts``: the addresses it answers to."""
    desk = Desk(setting, sessions)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        desk.warm()
        yield
        desk.close()

    routes: list[BaseRoute] = [
        Route("/in/{token}", _entry(sessions)),
        Route("/static/{name}", _static),
        Route(CASE + "/f/{file:int}/{page:int}.jpg", file_answers.picture(desk)),
        Route(CASE + "/f/{file:int}/raw", file_answers.raw(desk)),
        Route("/r/{run:int}/papers/{key}", file_answers.paper(desk)),
        Route("/r/{run:int}/papers/{act}/all.zip", file_answers.papers(desk)),
        Route("/r/{run:int}/issue/draft/all.zip", file_answers.drafts),
    ]
    routes += [Route(at, _screen(desk, show)) for at, show in SCREENS.items()]
    routes += [Route(at, _act(desk, do, desk.run), methods=["POST"]) for at, do in ACTS.items()]
    routes += [Route(at, _act(desk, do, desk.apart), methods=["POST"]) for at, do in SLOW.items()]
    return Guard(Starlette(routes=routes, lifespan=lifespan), sessions, hosts)


def _entry(sessions: Sessions) -> Answer:
    async def enter(request: Request) -> Response:
        value = sessions.enter(request.path_params.get("token", ""))
        if value is None:
            return HTMLResponse(page("refused.html.j2"), 403)
        answer = RedirectResponse("/", 303)
        answer.set_cookie(COOKIE, value, httponly=True, samesite="strict", path="/")
        return answer

    return enter


async def _static(request: Request) -> Response:
    name = request.path_params.get("name", "")
    kind = STATIC.get(name)
    if kind is None:
        return Response(status_code=404)
    return FileResponse(HERE / "static" / name, media_type=kind)


def _screen(desk: Desk, show: Screen) -> Answer:
    async def answer(request: Request) -> Response:
        ask = _ask(request)
        if not ask.name and request.url.path not in NAMELESS:
            return RedirectResponse("/me", 303)
        try:
            return HTMLResponse(await desk.run(lambda: show(desk, ask)))
        except CaseReviewError as e:
            return HTMLResponse(page("fault.html.j2", name=ask.name, note="", why=str(e)), 404)

    return answer


def _act(desk: Desk, do: Act, run: Where) -> Answer:
    """An act ends in the page that it names; one that is refused in the page it was made on."""

    async def answer(request: Request) -> Response:
        ask = await _sent(request)
        path = request.url.path
        if not ask.name and path not in NAMELESS:
            return RedirectResponse("/me", 303)
        try:
            there = await run(lambda: do(desk, ask))
        except CaseReviewError as e:
            ask.session.note, there = for_page(str(e)), path.rpartition("/")[0]
        return RedirectResponse(there, 303) if there else Response(status_code=204)

    return answer


def _ask(request: Request) -> Ask:
    host = request.headers.get("host", "")  # one of those that the door knows
    return Ask(session_of(request), request.path_params, dict(request.query_params), host)


async def _sent(request: Request) -> Ask:
    """A request with what its form holds."""
    said: dict[str, str] = {}
    files: dict[str, tuple[str, bytes]] = {}
    async with request.form(max_files=20, max_fields=2000) as form:
        for key, value in form.multi_items():
            if isinstance(value, str):
                said[key] = value
            elif value.filename:
                files[key] = value.filename, await value.read()
    return replace(_ask(request), form=said, files=files)
