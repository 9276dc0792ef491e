#!/bin/sh
# Install a Linux bundle where there is no network, score the samples, uninstall; tells the times.
#   sh packaging/try_bundle.sh BUNDLE [SECONDS]
# SECONDS: what the first result may take from unpacking, installing included; 120 where it is not
# given. Exit 1 when it took longer, when a socket could be opened or when anything failed.
set -eu
bundle=$(cd "$1" && pwd)
most=${2:-120}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat > "$work/inside.sh" <<'INSIDE'
set -eu
reach="import socket; socket.create_connection(('192.0.2.1', 80), 2)"
if [ -n "$4" ] && python3 -c "$reach" 2>/dev/null; then
  echo "the network is not denied"; exit 1
fi
since() { echo $(( $(date +%s) - start )); }
start=$(date +%s)
cp -R "$1" "$2/优盘"
sh "$2/优盘/安装.sh" "$2/装在这里"
installed=$(since)
cd "$2/装在这里"
score() { ./程序/bin/casereview score "$1" --db "$2" >"$3" || [ $? -eq 1 ]; }
one=$(find 样例/2025年度评查 -mindepth 2 -maxdepth 2 -type d ! -name 单位材料 | sort | tail -1)
score "$one" "$2/一卷.db" "$2/一卷.txt"
first=$(since)
score 样例/2025年度评查 "$2/试.db" "$2/全部.txt"
test "$(grep -c "〕[0-9]*号" "$2/全部.txt")" -ge 8 || { cat "$2/全部.txt"; echo "not all eight cases were scored"; exit 1; }
echo "bundle, ${4:-sockets NOT denied}: installed after $installed s, first result after $first s," \
  "eight cases scored after $(since) s (from unpacking; the bar for the first is $3 s)"
sh "$2/装在这里/卸载.sh"
test ! -e "$2/装在这里/程序"
test "$first" -le "$3" || { echo "the first result took longer than $3 s"; exit 1; }
INSIDE
denied="sockets denied"
if unshare --net true 2>/dev/null; then
  alone="unshare --net"
elif unshare --map-root-user --net true 2>/dev/null; then
  alone="unshare --map-root-user --net"
else  # a container that may not take a network away
  echo "this machine lets nobody deny sockets; the bundle is tried with them"
  alone="env" denied=""
fi
HOME="$work" CASEREVIEW_CACHE="$work/cache" \
  $alone sh "$work/inside.sh" "$bundle" "$work" "$most" "$denied"
