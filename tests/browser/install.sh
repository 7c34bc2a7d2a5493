#!/bin/sh
# Installs Chromium and a Chinese font from Debian's packages where this user may;
# says why not otherwise (the browser tests then report themselves as skipped).
for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null 2>&1 && fc-list 2>/dev/null | grep -qi "cjk" && exit 0
done
if ! command -v apt-get >/dev/null 2>&1; then
    echo "No apt-get here: install Chromium and a CJK font by hand for the browser tests."
    exit 0
fi
run=""
if [ "$(id -u)" != 0 ]; then
    if ! sudo -n true 2>/dev/null; then
        echo "Not root and no sudo: the browser tests will be skipped unless Chromium is installed."
        exit 0
    fi
    run="sudo -n"
fi
log=$(mktemp)
if $run apt-get update >"$log" 2>&1 && $run env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y --no-install-recommends chromium fonts-noto-cjk fontconfig >>"$log" 2>&1
then
    echo "Chromium and Noto CJK are installed."
else
    echo "Chromium could not be installed; the browser tests will be skipped. Last words:"
    tail -n 3 "$log"
fi
rm -f "$log"
exit 0
