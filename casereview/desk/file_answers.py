"""Pictures of pages, recordings as they are, and papers to take away. A file is named by its number
in the store's record of the case, a paper by a digest, never by a path.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response

from casereview.desk.guard import session_of
from casereview.desk.issue_screen import folder_of
from casereview.desk.office import WIDE, Desk
from casereview.errors import CaseReviewError, ReadFailure, UsageError
from casereview.reading.intake import bytes_of
from casereview.run import outbox
from casereview.run.pages import Kept

Answer = Callable[[Request], Awaitable[Response]]
NARROW = 150  # pixels of a thumbnail
TAKEN = "application/octet-stream"  # what is taken away is never opened in the page


def _asked(desk: Desk, request: Request) -> Kept:
    """The file that an address names. Raises UsageError."""
    history = desk.history(session_of(request).name)
    run, case, file = (int(request.path_params.get(k, 0)) for k in ("run", "case", "file"))
    result = history.at(run, case)
    if result is None:
        raise UsageError("没有这个案卷。")
    return desk.cases.file(history, result, file)


def picture(desk: Desk) -> Answer:
    """A page as a picture, drawn beside the store's thread."""

    async def answer(request: Request) -> Response:
        try:
            kept = await desk.run(lambda: _asked(desk, request))
        except CaseReviewError as e:
            return PlainTextResponse(str(e), 404)
        if not kept.drawn:
            return PlainTextResponse("这个文件没有页面图像。", 404)
        wide = NARROW if request.query_params.get("small") else WIDE
        page = int(request.path_params.get("page", 0))
        seen = await desk.read(lambda: desk.room.page(kept, page, wide))
        if seen.drawn is None:
            return PlainTextResponse(seen.note, 404)
        return Response(seen.drawn.image, media_type="image/jpeg")

    return answer


def raw(desk: Desk) -> Answer:
    """A recording as it is; the browser may ask for any part of it."""

    async def answer(request: Request) -> Response:
        try:
            kept = await desk.run(lambda: _asked(desk, request))
            kind = kept.media_type
            if not kind or kept.ref.disk is None:
                return PlainTextResponse("只有录音录像可以播放。", 404)
            if not kept.ref.zip_member:
                return FileResponse(kept.ref.disk, media_type=kind)
            return Response(await desk.read(lambda: bytes_of(kept.ref)), media_type=kind)
        except (CaseReviewError, ReadFailure) as e:
            return PlainTextResponse(str(e), 404)

    return answer


def paper(desk: Desk) -> Answer:
    """A paper that was issued."""

    async def answer(request: Request) -> Response:
        key = request.path_params.get("key", "")
        try:
            found = await desk.run(lambda: outbox.paper(_folder(desk, request), key))
        except CaseReviewError as e:
            return PlainTextResponse(str(e), 404)
        return FileResponse(found.path, media_type=TAKEN, filename=found.path.name)

    return answer


def papers(desk: Desk) -> Answer:
    """All papers of one act of issuing."""

    async def answer(request: Request) -> Response:
        name = request.path_params.get("act", "")
        try:
            every = await desk.run(lambda: outbox.acts(_folder(desk, request)))
        except CaseReviewError as e:
            return PlainTextResponse(str(e), 404)
        found = next((a for a in every if a.name == name), None)
        if found is None:
            return PlainTextResponse("没有这一次印发的文书。", 404)
        data = await desk.apart(
            lambda: outbox.bundle((p.name, p.path.read_bytes()) for p in found.papers)
        )
        return _bundle(data, f"印发 {name}.zip")

    return answer


async def drafts(request: Request) -> Response:
    """The drafts that were made last."""
    every = session_of(request).drafts
    if not every:
        return PlainTextResponse("还没有预览。", 404)
    return _bundle(outbox.bundle(every), "草稿.zip")


def _folder(desk: Desk, request: Request) -> Path:
    """Where the papers of the round lie that an address names."""
    history = desk.history(session_of(request).name)
    return folder_of(desk, history, int(request.path_params.get("run", 0)))


def _bundle(data: bytes, name: str) -> Response:
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return Response(data, media_type="application/zip", headers=headers)
