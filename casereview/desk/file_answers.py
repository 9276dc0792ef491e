"""Pictures of pages, and photos and recordings as they are. A file is named by its number in the
store's record of the case, never by a path.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response

from casereview.desk.guard import session_of
from casereview.desk.office import WIDE, Desk
from casereview.errors import CaseReviewError, ReadFailure, UsageError
from casereview.reading.intake import bytes_of
from casereview.run.pages import Kept

Answer = Callable[[Request], Awaitable[Response]]
NARROW = 150  # pixels of a thumbnail


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
