"""What SQLite says when it cannot go on, as a sentence for a person: what happened, what to do."""

from __future__ import annotations

import sqlite3

DatabaseError = sqlite3.DatabaseError

# words of SQLite -> what happened, what to do next; the first that fits counts
_SAID = (
    ("locked", "数据库正被另一个程序使用", "等它完成，或者关闭别的 casereview 窗口，再做一次"),
    ("full", "磁盘已满", "腾出空间，再做一次"),
    (
        "readonly",
        "数据库所在的磁盘或者文件夹是只读的",
        "把数据库复制到可以写的文件夹，用 --db 指明",
    ),
    (
        "disk i/o",
        "磁盘读写出错或者空间不足",
        "检查磁盘和空间；数据库在 U 盘、共享盘上的，复制到本机再用",
    ),
    ("unable to open", "数据库打不开", "确认文件夹存在、可以写，路径不是一个文件夹"),
    ("not a database", "这个文件不是数据库", "核对 --db 写的路径；文件坏了的，换用备份"),
    ("malformed", "数据库已损坏", "不要再写入，换用最近的备份（casereview backup 写出的文件）"),
)
_ELSE = ("数据库出错", "再做一次；还不行的，换用备份，并把这句话告诉维护人员")


def sentence(e: BaseException) -> str:
    """What happened and what to do next."""
    word = str(e).lower()
    what, then = next(((a, b) for mark, a, b in _SAID if mark in word), _ELSE)
    return f"{what}（{e}）。{then}。"
