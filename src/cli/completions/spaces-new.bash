# Completions of spaces-new for bash. Source this file, or save it as
# ~/.local/share/bash-completion/completions/spaces-new.
_spaces_new() {
    local line paths
    COMPREPLY=()
    while IFS= read -r line; do
        if [[ -z ${paths+set} ]]; then
            paths=$line
        else
            COMPREPLY+=("${line%%$'\t'*}")
        fi
    done < <(command spaces-new completions bash -- "${COMP_WORDS[@]:0:COMP_CWORD}" "$2" 2>/dev/null)
    case $paths in
        any) line=-f ;;
        folders) line=-d ;;
        *) return ;;
    esac
    # With this, bash quotes what it inserts; before version 4 it cannot
    compopt -o filenames 2>/dev/null || return
    paths=$line
    while IFS= read -r line; do
        COMPREPLY+=("$line")
    done < <(compgen "$paths" -- "$2")
}
complete -F _spaces_new spaces-new
