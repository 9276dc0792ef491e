#!/bin/sh
# 打开案卷评查：有网页界面的打开网页，没有的打开一个可以敲命令的窗口。
unset PYTHONPATH PYTHONHOME
here=$(cd "$(dirname "$0")" && pwd)
PATH="$here/程序/bin:$PATH"
export PATH
export PYTHONUTF8=1
cd "${CASEREVIEW_WORK:-$here}" || exit 1
if casereview serve --help >/dev/null 2>&1; then
  exec casereview serve "$@"
fi
casereview || true
echo "敲 casereview --help 看全部命令，敲 exit 关闭。"
exec "${SHELL:-/bin/sh}"
