# Completions of spaces-new for fish. Save this as ~/.config/fish/completions/spaces-new.fish.
function __spaces_new_complete
    set -l current (commandline --current-token --cut-at-cursor)
    set -l before (commandline --current-process --tokenize --cut-at-cursor)
    set -l lines (command spaces-new completions fish -- $before "$current" 2>/dev/null)
    if test (count $lines) -gt 1
        printf '%s\n' $lines[2..-1]
    end
    switch "$lines[1]"
        case any
            __fish_complete_path "$current"
        case folders
            __fish_complete_directories "$current" ''
    end
end
complete --command spaces-new --no-files --arguments '(__spaces_new_complete)'
