# Runs the examples of a document, for tests/docs.t.  Sourced after tap.sh.
#
# The convention, in fenced blocks of Markdown:
#
#   ```console              Lines that begin with `$ ` are commands; one that ends with a backslash goes on in the next
#                           line.  The lines below a command are what it prints, both streams together.
#   ```sql file=PATH        The block is written to PATH, below the directory in which the commands are at that moment;
#                           any language will do.
#   ```console one          One command; lines below it that begin with `$ ` are part of what it prints.
#
# Blocks are carried out in order, in one shell and one directory per document, so that `cd` and `export` last.  A
# command that fails must be followed by `$ echo $?`.  In what is printed, "…" stands for any text within a line, and
# alone on a line for any lines.  What is different each time may be shown as it once was: durations, dates, and
# hashes are compared as such, and so is the width of columns.

# What differs from run to run, as words; blanks count as one.
document_plain()
{
    sed -E 's/[0-9]+(\.[0-9]+)? (us|ms|s|min)([^a-z]|$)/<time>\3/g
            s/20[0-9]{2}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(:[0-9]{2})?(\.[0-9]+)?(Z|\+[0-9]{2})?/<date>/g
            s/20[0-9]{12}([^0-9])/<date>\1/g
            s/"duration_us":[0-9]+/"duration_us":<time>/g
            s/\<[0-9a-f]{64}\>/<hash>/g
            s/[ \t]+/ /g
            s/ $//'
}

# The expected text as an extended regular expression.
document_pattern()
{
    local line end=$'\n' pattern=
    while IFS= read -r line; do
        if [ "$line" = … ]; then
            pattern+="([^$end]*$end)*"
        else
            pattern+=${line//…/"[^$end]*"}$end
        fi
    done < <(document_plain | sed -E 's/[][\\.*^$+?(){}|]/\\&/g')
    printf '%s' "$pattern"
}

# One line per thing that an example did, for the test outside of this shell: "ok NAME" or "not ok NAME", and lines
# of explanation behind '#'.
document_say()
{
    printf '%s\n' "$*" >&3
}

document_explain()
{
    sed "s/^/# $1/" <<<"$2" >&3
}

# $1: the command; $2: what it is to print; $3: where it stands.
document_run()
{
    local printed pattern
    (exit "$document_status")
    eval "$1" >"$document_output" 2>&1 </dev/null
    document_status=$?
    printed=$(document_plain <"$document_output"; printf x)
    printed=${printed%x}
    pattern=$(printf '%s' "$2" | document_pattern; printf x)
    pattern=${pattern%x}
    if [[ $printed =~ ^$pattern$ ]]; then
        document_say "ok $3: ${1%%$'\n'*}"
    else
        document_say "not ok $3: ${1%%$'\n'*}"
        document_explain "expected: " "${2%$'\n'}"
        document_explain "printed:  " "$(cat "$document_output")"
    fi
}

# A failure has to be shown.  $1: the command that comes next.
document_checked()
{
    if [ "$document_status" -ne 0 ] && [ "$1" != 'echo $?' ]; then
        document_say "not ok $document_last fails with $document_status, and the document does not say so"
        document_explain "printed:  " "$(cat "$document_output")"
        document_status=0
    fi
}

# $1: the text of a console block; $2: its document; $3: the line of its fence; $4: not empty for one command.
document_console()
{
    local line number=0 command= expected= open=
    while IFS= read -r line; do
        number=$((number + 1))
        if [ -n "$open" ]; then
            command+=$'\n'$line
        elif [[ $line == '$ '* ]] && { [ -z "$4" ] || [ -z "$command" ]; }; then
            [ -z "$command" ] || document_run "$command" "$expected" "$document_last"
            command=${line#'$ '} expected=
            document_checked "$command"
            document_last=$2:$(($3 + number))
        else
            expected+=$line$'\n'
            continue
        fi
        [[ $command == *\\ ]] && open=yes || open=
    done <<<"$1"
    [ -z "$command" ] || document_run "$command" "$expected" "$document_last"
}

# $1: the information behind the fence; $2: the text; $3: document; $4: line of the fence.
document_block()
{
    local word file= kind=${1%% *} one=
    for word in $1; do
        case $word in
        file=*) file=${word#file=} ;;
        one) one=yes ;;
        esac
    done
    if [ -n "$file" ]; then
        mkdir -p "$(dirname "$file")" && printf '%s' "$2" >"$file"
    elif [ "$kind" = console ]; then
        document_console "${2%$'\n'}" "$3" "$4" "$one"
    fi
}

# Carries out the document $1 in the current directory; speaks on descriptor 3.
document_examples()
{
    local line number=0 fence= text= info= start=0
    document_status=0 document_last= document_output=$scratch/.printed.$BASHPID
    while IFS= read -r line <&4; do
        number=$((number + 1))
        if [ -z "$fence" ] && [[ $line =~ ^(\`\`\`+)(.*)$ ]]; then
            fence=${BASH_REMATCH[1]} info=${BASH_REMATCH[2]} text= start=$number
        elif [ -n "$fence" ] && [ "$line" = "$fence" ]; then
            document_block "$info" "$text" "${1##*/}" "$start"
            fence=
        elif [ -n "$fence" ]; then
            text+=$line$'\n'
        fi
    done 4<"$1"
    document_checked ''
    [ -z "$fence" ] || document_say "not ok ${1##*/}:$start: the block is never closed"
}
