#!/bin/sh
# Stands in for docker: answers as the files in $STAND_IN say, and writes down what it is asked.
printf '%s\n' "$*" >> "$STAND_IN/calls"
printf '%s=%s\n' DOCKER_BUILDKIT "$DOCKER_BUILDKIT" >> "$STAND_IN/environment"
has() { [ -e "$STAND_IN/$1" ]; }
say() { cat "$STAND_IN/$1" 2> /dev/null || true; }
case "$1 $2" in
'info '*)
    if has info.hangs; then sleep 600; fi
    if has info; then say info; else echo '{"ServerVersion":"27.1.0","NCPU":4}'; fi
    if has info.fails || has "info.fails.${0##*/}"; then echo 'Cannot connect to the daemon' >&2; exit 1; fi ;;
'buildx version') has buildx ;;
'version '*) if has version; then say version; else echo '{"Client":{"Version":"20.10.24"}}'; fi ;;
'network inspect') ! has no-bridge ;;
'build '* | 'buildx build')
    echo '#1 the output of the build' >&2
    for word in "$@"; do case $word in id=*) cat "${word#*,src=}" >> "$STAND_IN/mounted" ;; esac; done
    if has build.hangs; then sleep 600; fi
    if has build; then say build >&2; exit 1; fi ;;
'pull '*) if has pull; then say pull >&2; exit 1; fi ;;
'image inspect')
    if has no-image; then exit 1; fi
    echo '[{"Id":"sha256:1234","Size":123456789,"Config":{"WorkingDir":"/app","Cmd":["x"]}}]' ;;
'create '*)
    while [ $# -gt 0 ]; do
        if [ "$1" = --env-file ]; then ls -l "$2" | cut -c1-10 > "$STAND_IN/mode"; cp "$2" "$STAND_IN/env-file"; echo "$2" > "$STAND_IN/env-path"; fi
        shift
    done
    touch "$STAND_IN/created"
    echo 0123456789abcdef ;;
'start '*) if has start; then say start >&2; exit 1; fi ;;
'port '*) echo "127.0.0.1:$(say port)" ;;
'inspect '*) if has inspect; then say inspect; else
    echo '[{"Id":"0123456789abcdef","SizeRw":4096,"State":{"Running":true,"ExitCode":0,"OOMKilled":false,"Pid":0},"Config":{"StopSignal":"SIGTERM"}}]'; fi ;;
'logs '*) if has endless; then head -c 50000000 /dev/zero | tr '\0' '\033'; fi; say logs ;;
'top '*) if has top; then say top; else printf 'UID PID CMD\n1000 7 python app.py\n'; fi ;;
'exec '*) if has tables; then say tables; else
    printf '  sl  local_address\n   0: 00000000:1EB4 00000000:0000 0A\n'; fi ;;
'events '*) say events ;;
'diff '*) if has no-diff; then exit 1; fi; say diff ;;
'cp '*) name="$STAND_IN/tar$(echo "${2#*:}" | tr / _)"; [ -e "$name" ] && cat "$name" ;;
'stop '*) if has stop; then sleep 0.1; fi ;;
'rm '*) rm -f "$STAND_IN/created" ;;
esac
