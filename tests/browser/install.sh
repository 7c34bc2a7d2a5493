#!/bin/sh
# Installs Chromium and a Chinese font from Debian's packages where this user may;
# says why not otherwise (the browser tests then report themselves as skipped).
# Wanted is the engine without windows, which is quicker; the whole browser does as well.
shell=chromium-headless-shell
whole=""
if fc-list 2>/dev/null | grep -qi "cjk"; then
    command -v $shell >/dev/null 2>&1 && exit 0
    for name in chromium chromium-browser google-chrome; do
        command -v "$name" >/dev/null 2>&1 && whole=yes
    done
    if [ -n "$whole" ] && ! apt-cache show $shell >/dev/null 2>&1; then exit 0; fi
fi
if ! command -v apt-get >/dev/null 2>&1; then
    echo "No apt-get here: install Chromium and a CJK font by hand for the browser tests."
    exit 0
fi
run=""
if [ "$(id -u)" != 0 ]; then
    if ! sudo -n true 2>/dev/null; then
        [ -n "$whole" ] && exit 0
        echo "Not root and no sudo: the browser tests will be skipped unless Chromium is installed."
        exit 0
    fi
    run="sudo -n"
fi
log=$(mktemp)
install() {
    $run env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y --no-install-recommends "$1" fonts-noto-cjk fontconfig >>"$log" 2>&1
}
if $run apt-get update >"$log" 2>&1 && { install $shell || install chromium; }
then
    echo "Chromium and Noto CJK are installed."
elif [ -n "$whole" ]; then
    echo "The browser tests take the whole Chromium: its engine alone could not be installed."
else
    echo "Chromium could not be installed; the browser tests will be skipped. Last words:"
    tail -n 3 "$log"
fi
rm -f "$log"
exit 0
