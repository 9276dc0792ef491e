"""Opens the desk on this machine and nowhere else."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable

import uvicorn

from casereview.desk.app import build
from casereview.desk.office import Setting
from casereview.desk.sessions import Sessions
from casereview.errors import UsageError

HERE = "127.0.0.1"


def serve(setting: Setting, port: int, name: str, tell: Callable[[str], None]) -> None:
    """Answer on ``port`` (0: any that is free) until the person stops it. ``tell`` hears the link
    that opens the first browser; ``name``: whose desk it is, '' to be asked. Raises UsageError when
    the port is taken.
    """
    door = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if os.name == "posix":  # elsewhere it would let another program share the port
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((HERE, port))
        door.listen()
    except OSError as e:
        raise UsageError(f"端口 {port} 被占用，请换一个：--port 0 自动选择。") from e
    own = door.getsockname()[1]
    sessions = Sessions()
    app = build(setting, sessions, (f"{HERE}:{own}", f"localhost:{own}"))
    config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False)
    tell(f"http://{HERE}:{own}/in/{sessions.link(name)}")
    uvicorn.Server(config).run(sockets=[door])
