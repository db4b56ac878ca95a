#compdef kientruc
# ~/.zshrc, compinit: eval "$(kientruc completion zsh)"
_kientruc() {
    local -a found
    local line
    for line in "${(@f)$(kientruc __complete $((CURRENT - 2)) "${(@)words[2,-1]}" 2>/dev/null)}"; do
        [[ -n $line ]] && found+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}")
    done
    if (( $#found )); then
        _describe -V kientruc found
    else
        _files
    fi
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    _kientruc "$@"
else
    compdef _kientruc kientruc
fi
