# ~/.bashrc: eval "$(kientruc completion bash)"
_kientruc() {
    local IFS=$'\n'
    COMPREPLY=($(kientruc __complete "$((COMP_CWORD - 1))" "${COMP_WORDS[@]:1}" 2>/dev/null | cut -f 1))
}
complete -o bashdefault -o default -F _kientruc kientruc
