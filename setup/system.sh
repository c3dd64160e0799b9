#!/bin/sh
# The Debian packages the service needs. As root: installs what is missing. Otherwise: prints the exact command, exit 1.
# Nothing missing: says so in one line and changes nothing.
set -eu

wanted="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig \
fonts-noto-cjk fonts-lxgw-wenkai fonts-dejavu-core \
postgresql openssl poppler-utils chromium"

if ! command -v dpkg-query >/dev/null 2>&1; then
    echo "system: this is not Debian; install by hand what corresponds to: $wanted" >&2
    echo "  本机不是 Debian，请自行安装对应的软件包：$wanted" >&2
    exit 1
fi

installed() {
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null || true)" = installed ]
}

missing=""
for package in $wanted; do
    installed "$package" || missing="$missing $package"
done
# A Python that is not Debian's brings its own venv; only one that cannot make a venv needs the package.
if ! python3 -c 'import venv, ensurepip' >/dev/null 2>&1; then
    missing="$missing python3-venv"
fi
missing="${missing# }"

if [ -z "$missing" ]; then
    echo "system: all Debian packages are there"
    exit 0
fi

command="apt-get update && apt-get install -y --no-install-recommends $missing"
if [ "$(id -u)" -ne 0 ]; then
    echo "system: missing: $missing" >&2
    echo "  Run as root, then make setup again:  $command" >&2
    echo "  缺少系统软件包。请以 root 身份运行以下命令，然后重新执行 make setup：  $command" >&2
    exit 1
fi

log="$(mktemp)"
trap 'rm -f "$log"' EXIT
export DEBIAN_FRONTEND=noninteractive
echo "system: apt-get update"
if ! apt-get update -q >"$log" 2>&1; then
    tail -n 5 "$log" >&2
    echo "system: apt-get update failed; check the network or the mirror, then make setup again" >&2
    echo "  apt-get update 失败，请检查网络或软件源后重新执行 make setup" >&2
    exit 1
fi
echo "system: installing $missing"
# Word splitting is meant: one argument a package.
# shellcheck disable=SC2086
if ! apt-get install -q -y --no-install-recommends $missing >"$log" 2>&1; then
    tail -n 15 "$log" >&2
    echo "system: the installation failed; run:  $command" >&2
    echo "  安装失败，请手动运行：  $command" >&2
    exit 1
fi
echo "system: installed"
