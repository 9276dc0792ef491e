"""The door of the desk. What is not plainly a request of a browser that was let in, to this address
and from this page, is refused before anything is read (RELIABILITY rows 71 to 76).
"""

from __future__ import annotations

from collections.abc import Collection
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from casereview.desk.sessions import COOKIE, Session, Sessions

OPEN = ("/in/", "/static/")  # what a browser may ask for before it was let in
SESSION = "desk_session"
MOST_SENT = 60_000_000  # bytes of a request
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self';"
    " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
NOT_IN = (
    "这个浏览器还没有打开评查台。请用启动 casereview serve 时给出的链接进入；链接只能用一次，"
    "用过的请在已经打开的评查台里点自己的姓名再取一个，或者重新启动。"
)


def session_of(request: Request) -> Session:
    """The browser of a request that was let through."""
    session: Session = getattr(request.state, SESSION)
    return session


class Guard:
    """Lets through what ``sessions`` knows and ``hosts`` names; every answer carries the headers of
    a page that loads nothing from outside.
    """

    def __init__(self, app: ASGIApp, sessions: Sessions, hosts: Collection[str]):
        self.app, self.sessions, self.hosts = app, sessions, frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        kind = scope.get("type")
        if kind == "lifespan":
            await self.app(scope, receive, send)
        elif kind == "http":
            await self._answer(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:

        async def sealed(message: Message) -> None:
            if message.get("type") == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
            await send(message)

        answer = self._refused(scope)
        await (answer or self.app)(scope, receive, sealed)

    def _refused(self, scope: Scope) -> Response | None:
        """Why a request is refused; None for one that is let through."""
        headers = Headers(scope=scope)
        if headers.getlist("host") not in [[host] for host in self.hosts]:
            return _no(421, "地址不对：评查台只在本机打开。")
        method, path = scope.get("method"), scope.get("path", "")
        if method not in ("GET", "HEAD", "POST"):
            return _no(405, "没有这种请求。")
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return _no(403, "请求来自别的网页，没有执行。")
        if method == "POST" and (wrong := _foreign(headers)):
            return wrong
        if path.startswith(OPEN) and method == "GET":
            return None
        session = self.sessions.of(_cookie(headers))
        if session is None:
            return _no(403, NOT_IN)
        scope.setdefault("state", {})[SESSION] = session
        return None


def _foreign(headers: Headers) -> Response | None:
    """Why a request that changes something is refused."""
    if headers.getlist("origin") != [f"http://{headers.get('host')}"]:
        return _no(403, "请求来自别的网页，没有执行。")
    length = headers.get("content-length", "")
    if not length.isdigit() or int(length) > MOST_SENT:
        return _no(413, f"提交的内容过大，最多 {MOST_SENT // 1_000_000} MB。")
    return None


def _cookie(headers: Headers) -> str:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""


def _no(status: int, why: str) -> Response:
    return PlainTextResponse(why + "\n", status)
