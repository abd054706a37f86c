#!/usr/bin/env bash
# Publishes a Space with the unmodified `hf` command and, where it has no command, its Python API.
# story_hf.sh BIN FOLDER: BIN has `hf` and `python`; the environment has HF_ENDPOINT and HF_TOKEN. FOLDER is changed.
set -euo pipefail
bin=$1 folder=$2
id=tester/my-space

# With the protocol that needs no further service, and without a word to or from anybody else
export HF_HUB_DISABLE_XET=1 HF_HUB_DISABLE_TELEMETRY=1 HF_HUB_DISABLE_UPDATE_CHECK=1 HF_HUB_DISABLE_PROGRESS_BARS=1 NO_COLOR=1
HOME=$(mktemp -d)
export HOME
trap 'rm -rf "$HOME"' EXIT
hf() { "$bin/hf" "$@" > "$HOME/out" 2>&1 || { cat "$HOME/out" >&2; return 1; }; }

hf auth whoami
hf repos create "$id" --type space --sdk docker --private --flavor cpu-upgrade --sleep-time 3600 --secrets API_KEY=a-secret --env THEME=dark
hf repos create "$id" --type space --sdk docker --exist-ok

hf upload "$id" "$folder" . --type space --commit-message "Publish"
hf upload "$id" "$folder" . --type space --commit-message "Publish again"
echo 'print("changed")' > "$folder/app.py"
rm "$folder/old.txt"
hf upload "$id" "$folder" . --type space --delete old.txt --commit-message "Publish a change"

hf spaces secrets add "$id" --secrets OTHER_KEY=another-secret
hf spaces secrets list "$id"
hf spaces secrets delete "$id" OTHER_KEY --yes
hf spaces variables add "$id" --env LEVEL=high
hf spaces variables list "$id"
hf spaces variables delete "$id" LEVEL --yes
hf spaces settings "$id" --hardware cpu-upgrade --sleep-time 600
hf spaces settings "$id" --sleep-time 300
hf spaces settings "$id" --hardware cpu-basic
hf spaces wait "$id"
hf spaces info "$id"
hf spaces logs "$id" --build
hf spaces logs "$id"
hf spaces pause "$id"
hf spaces restart "$id"
hf spaces restart "$id" --factory-reboot

"$bin/python" "$(dirname "$0")/story_hf.py" "$id"
