#!/bin/sh
# Install the named Debian packages whose program is missing; exit 1 and name them where this user may not.
set -eu

# What a package brings, or would do in its place: the same programs that the tests look for.
programs_of() {
    case "$1" in
        chromium) echo chromium-headless-shell chromium chromium-browser google-chrome ;;
        zbar-tools) echo zbarimg ;;
        iproute2) echo ip ;;
        *) echo "$1" ;;
    esac
}

# The lightest first; Ubuntu's name where Debian's are not known there.
names_of() { if [ "$1" = chromium ]; then echo chromium-headless-shell chromium chromium-browser; else echo "$1"; fi; }

is_there() {
    for program in $(programs_of "$1"); do
        if command -v "$program" >/dev/null 2>&1; then return 0; fi
    done
    return 1
}

# The first name that this system has a package of.
package_of() {
    for package in $(names_of "$1"); do
        if apt-cache show "$package" >/dev/null 2>&1; then echo "$package"; return; fi
    done
    echo "$1"
}

may_install() { command -v apt-get >/dev/null 2>&1 && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }; }
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }

missing=""
for name in "$@"; do
    is_there "$name" || missing="$missing $name"
done
[ -n "$missing" ] || exit 0

if ! may_install; then
    echo "Not installed:$missing" >&2
    echo "On Debian or Ubuntu: sudo apt-get install$missing" >&2
    exit 1
fi

as_root apt-get update -qq
packages=""
for name in $missing; do
    packages="$packages $(package_of "$name")"
done
echo "Installing$packages"
# shellcheck disable=SC2086  # the list is meant to be split
as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages >/dev/null
