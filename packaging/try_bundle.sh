#!/bin/sh
# Install a Linux bundle where there is no network, score the samples, uninstall; tells the time.
#   sh packaging/try_bundle.sh BUNDLE
set -eu
bundle=$(cd "$1" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat > "$work/inside.sh" <<'INSIDE'
set -eu
if python3 -c "import socket; socket.create_connection(('192.0.2.1', 80), 2)" 2>/dev/null; then
  echo "the network is not denied"; exit 1
fi
start=$(date +%s)
sh "$1/安装.sh" "$2/装在这里"
cd "$2/装在这里"
./程序/bin/casereview score "样例/2025年度评查" --db "$2/试.db" || [ $? -eq 1 ]
echo "from unpacking to the last result: $(( $(date +%s) - start )) seconds"
sh "$2/装在这里/卸载.sh"
test ! -e "$2/装在这里/程序"
INSIDE
HOME="$work" CASEREVIEW_CACHE="$work/cache" unshare -n sh "$work/inside.sh" "$bundle" "$work"
