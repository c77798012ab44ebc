# What skein generate refuses.
# shellcheck shell=bash

# refuses MESSAGE HINT ARGUMENTS…: with that error and hint, and nothing changes.
refuses()
{
    local message=$1 hint=$2 before
    shift 2
    before=$(find . -type f -exec sha256sum {} + | sort)
    run "$SKEIN" generate "$@"
    is "$status" 2 "generate $* ends with 2"
    is "$(sed -n 1p <<<"$stderr")" "error: $message" "it says why"
    [ -z "$hint" ] || is "$(sed -n 2p <<<"$stderr")" "hint: $hint" "and what to do"
    is "$(find . -type f -exec sha256sum {} + | sort)" "$before" "nothing is left behind"
}
