#!/bin/sh
# Runs a command beside a PostgreSQL of its own, and removes that afterwards:
#   sh tests/with_postgresql.sh COMMAND...
# The command finds it in CORPUS_DATABASE_URL, and in POSTGRES_CONTROL the words before `start` and
# `stop`, for who tries what happens without it (from the folder /). Its data lie in a folder of
# their own, it listens on loopback alone and on a free port, and keeps nothing safe (fsync off).
# Debian's packages are installed where this user may; where no server can be had, it says so and
# the command is not run.
set -eu

find_programs() {
    for folder in /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /usr/local/pgsql/bin; do
        [ -x "$folder/initdb" ] && found=$folder
    done
    if [ -z "${found:-}" ] && command -v initdb >/dev/null 2>&1; then
        found=$(dirname "$(command -v initdb)")
    fi
    echo "${found:-}"
}

install_server() {
    command -v apt-get >/dev/null 2>&1 || return 0
    run=""
    if [ "$(id -u)" != 0 ]; then
        sudo -n true 2>/dev/null || return 0
        run="sudo -n"
    fi
    # Debian would make and start a cluster of its own, which nobody here asked for.
    $run mkdir -p /etc/postgresql-common/createcluster.d || return 0
    echo "create_main_cluster = false" |
        $run tee /etc/postgresql-common/createcluster.d/yanku.conf >/dev/null
    { $run apt-get update && $run env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y --no-install-recommends postgresql; } >/dev/null 2>&1 || true
}

programs=$(find_programs)
[ -n "$programs" ] || { install_server; programs=$(find_programs); }
if [ -z "$programs" ]; then
    echo "No PostgreSQL here, and none could be installed: nothing was run on it."
    exit 0
fi

base=$(mktemp -d)
as=""
if [ "$(id -u)" = 0 ]; then
    # The server refuses to run as root.
    account=nobody
    id postgres >/dev/null 2>&1 && account=postgres
    chown "$account" "$base"
    as="setpriv --reuid=$account --regid=$(id -g "$account") --clear-groups env HOME=$base"
fi
stop() {
    # shellcheck disable=SC2086
    $as "$programs/pg_ctl" -D "$base/data" -m immediate stop >/dev/null 2>&1 || true
    rm -rf "$base"
}
trap stop EXIT
trap 'exit 130' INT TERM HUP

# A database in the order of bytes would hide what depends on a server's order of words.
order=""
"$programs/initdb" --help | grep -q icu-locale && order="--locale-provider=icu --icu-locale=en-US"
cd "$base"
# shellcheck disable=SC2086
$as "$programs/initdb" -D "$base/data" -U yanku -A trust -E UTF8 --locale=C.UTF-8 $order -N \
    >"$base/initdb.log" 2>&1 || { cat "$base/initdb.log"; exit 1; }
control="$as $programs/pg_ctl -D $base/data -w -l $base/log"
tries=0
while :; do
    port=$(awk 'BEGIN { srand(); print 20000 + int(rand() * 12000) }')
    port=$((port + $$ % 500))
    # The last line of a kind holds.
    cat >>"$base/data/postgresql.conf" <<END
port = $port
listen_addresses = '127.0.0.1'
unix_socket_directories = '$base'
fsync = off
synchronous_commit = off
full_page_writes = off
max_connections = 200
END
    if $control start >/dev/null
    then break; fi
    tries=$((tries + 1))
    [ "$tries" -lt 5 ] || { cat "$base/log"; exit 1; }
    sleep 1
done
cd "$OLDPWD"
"$programs/createdb" -h 127.0.0.1 -p "$port" -U yanku yanku
CORPUS_DATABASE_URL="postgresql://yanku@127.0.0.1:$port/yanku"
POSTGRES_CONTROL=$control
export CORPUS_DATABASE_URL POSTGRES_CONTROL
status=0
"$@" || status=$?
exit "$status"
