# shellcheck shell=bash disable=SC2034
# What setup, run and teardown share. Sourced from the root of the repository.

work="$PWD/target/containers"
engine="$work/engine"
settings="$work/settings"
own_host="unix://$engine/sock"

say() { printf '[%s] %s\n' "$(date +%T)" "$*" >&2; }
die() { say "error: $*"; exit 1; }

# limited SECONDS COMMAND...: stops a command that hangs, if `timeout` exists; macOS has none
limited() {
    if command -v timeout > /dev/null; then timeout "$@"; else "${@:2}"; fi
}

# The docker commands to try. One of them may lack the plugin that it needs to build.
clients() { printf '%s\n' "${DOCKER:-docker}" /usr/bin/docker; }

# Prints a client that reaches an engine.
answering_client() {
    local client
    for client in $(clients); do
        if command -v "$client" > /dev/null && limited 20 "$client" version > /dev/null 2>&1; then
            echo "$client"
            return
        fi
    done
    return 1
}

# Prints a client that builds with BuildKit.
building_client() {
    local client
    for client in $(clients); do
        if command -v "$client" > /dev/null \
            && printf 'FROM scratch\nLABEL spaces-new-test=1\n' | DOCKER_BUILDKIT=1 "$client" build --quiet - > /dev/null 2>&1; then
            echo "$client"
            return
        fi
    done
    return 1
}

own_engine_runs() { [ -f "$engine/pid" ] && kill -0 "$(cat "$engine/pid")" 2> /dev/null; }
