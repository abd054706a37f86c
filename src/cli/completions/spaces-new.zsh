#compdef spaces-new
# Completions of spaces-new for zsh. Save this as _spaces-new in a folder of $fpath, or source it after compinit.
_spaces-new() {
    local -a lines values
    local line
    lines=("${(@f)$(command spaces-new completions zsh -- "${(@Q)words[1,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}")
    [[ $PREFIX == --*=* ]] && compset -P '*='
    for line in "${lines[@]:1}"; do
        line=${line//:/\\:}
        values+=("${line/$'\t'/:}")
    done
    (( $#values )) && _describe -V 'spaces-new' values
    case $lines[1] in
        any) _files ;;
        folders) _files -/ ;;
    esac
}
if [[ $funcstack[1] == _spaces-new ]]; then
    _spaces-new "$@"
else
    compdef _spaces-new spaces-new
fi
