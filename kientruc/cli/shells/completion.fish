# kientruc completion fish > ~/.config/fish/completions/kientruc.fish
function __kientruc_complete
    set -l before (commandline -opc)
    set -l found (command kientruc __complete (math (count $before) - 1) $before[2..-1] (commandline -ct) 2>/dev/null)
    if test (count $found) -gt 0
        printf '%s\n' $found
    else
        __fish_complete_path (commandline -ct)
    end
end
complete -c kientruc -f -a '(__kientruc_complete)'
