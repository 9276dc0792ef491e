#!/bin/sh
# 卸载 casereview：删去程序、手册、样例和识别缓存；数据库和写出的文书一个也不动。
set -eu
here=$(cd "$(dirname "$0")" && pwd)
if [ ! -e "$here/程序/pyvenv.cfg" ]; then
  echo "$here 里没有装过 casereview，什么也没有做。"
  exit 2
fi
rm -rf "$here/程序" "$here/手册" "$here/样例" "${XDG_CACHE_HOME:-$HOME/.cache}/casereview"
rm -f "$here/启动.sh" "$here/卸载.sh"
echo "已卸载。数据库（casereview.db 等）和文书还在 $here，不要的请自己删除。"
