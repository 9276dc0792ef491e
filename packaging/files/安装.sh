#!/bin/sh
# 安装 casereview：不联网，不要管理员。用法：sh 安装.sh [安装到的文件夹，缺省是个人文件夹里的 casereview]
set -eu
unset PYTHONPATH PYTHONHOME  # what lies there would pass for installed
here=$(cd "$(dirname "$0")" && pwd)
to=${1:-"$HOME/casereview"}
want=$(cat "$here/python版本.txt")

say() { printf '%s\n' "$*"; }

fits() {
  command -v "$1" >/dev/null 2>&1 || [ -x "$1" ] || return 1
  "$1" -c "import sys; raise SystemExit('%d.%d' % sys.version_info[:2] != '$want')" 2>/dev/null
}

python=
for p in "${CASEREVIEW_PYTHON:-}" "$here/python/bin/python3" "python$want" python3 python; do
  if [ -n "$p" ] && fits "$p"; then python=$p; break; fi
done
if [ -z "$python" ]; then
  say "没有找到 Python $want。请把 Python $want 装在本机，或者放进 $here/python，再运行一次。"
  exit 2
fi
if [ -e "$to/程序" ]; then
  say "$to 里已经装过，先运行 sh '$to/卸载.sh'（不动数据库），再安装。"
  exit 2
fi
mkdir -p "$to"
trap 'rm -rf "$to/程序"; say "安装没有完成，已经恢复原样。"' EXIT
trap 'exit 130' INT TERM
say "安装到 $to，大约一分钟……"
"$python" -m venv --without-pip "$to/程序"
put() {
  "$python" -m pip --python "$to/程序/bin/python" install --quiet --disable-pip-version-check \
    --no-index --no-deps "$@"
}
put --only-binary=:all: --require-hashes -r "$here/依赖.txt" --find-links "$here/wheels"
put "$here"/wheels/casereview-*.whl
cp "$here/启动.sh" "$here/卸载.sh" "$to/"
cp -R "$here/手册" "$here/样例" "$to/" 2>/dev/null || true
"$to/程序/bin/casereview" --version
trap - EXIT
say "装好了。启动：sh '$to/启动.sh'；手册在 $to/手册；卸载：sh '$to/卸载.sh'。"
