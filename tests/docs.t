#!/usr/bin/env bash
# The documents tell the truth: their examples are run, their links followed.
. "$(dirname "$0")/lib/tap.sh"
. "$(dirname "$0")/lib/document.sh"

[ -n "$(server_programs)" ] || skip_all "no PostgreSQL server programs; scripts/bootstrap test installs them"
documents=("$root/README.md" "$root"/docs/*.md)

# Every private server that an example left running is stopped, wherever that example was.
at_end()
{
    local file
    for file in "$scratch"/documents/*/.skein/data/postmaster.pid "$scratch"/documents/*/*/.skein/data/postmaster.pid; do
        [ ! -f "$file" ] || (cd "${file%/.skein/*}" && "$SKEIN" dev stop >/dev/null 2>&1)
        [ ! -f "$file" ] || kill -INT "$(head -n 1 "$file")"
    done
}

# --- examples

mkdir -p "$scratch/bin" "$scratch/documents"
ln -s "$SKEIN" "$scratch/bin/skein"
export NO_COLOR=1 COLUMNS=120 GIT_CONFIG_GLOBAL=/dev/null HOME=$scratch

# What a document finds where it begins: skein's own repository beside its own.  README.md begins in a copy of it.
prepare()
{
    mkdir "$1" && ln -s "$root" "$1/skein" && cd "$1" || exit
    [ "$2" != README ] || { rm skein && cp -a "$root" skein && cd skein && rm -rf .skein; }
}

carry_out()
{
    local name place
    name=$(basename "$1" .md)
    place=$scratch/documents/$name
    PATH=$scratch/bin:$PATH
    prepare "$place" "$name"
    document_examples "$1" 3>"$place.tap"
}

tell()
{
    local name line
    name=$(basename "$1" .md)
    while IFS= read -r line; do
        case $line in
        'ok '*) pass "${line#ok }" ;;
        'not ok '*) fail "${line#not ok }" ;;
        *) diag "${line#\# }" ;;
        esac
    done <"$scratch/documents/$name.tap"
    is "$(cat "$scratch/documents/$name.log")" "" "$name.md is read to its end"
}

# All at once: they mostly wait for their servers.
for document in "${documents[@]}"; do
    (trap - EXIT; carry_out "$document") >"$scratch/documents/$(basename "$document" .md).log" 2>&1 &
done
wait
for document in "${documents[@]}"; do
    tell "$document"
done

# What these checks are worth: a document in which everything is wrong.
cat >"$scratch/wrong.md" <<'END'
```console
$ echo one
two
$ printf 'a\nb\n'
a
$ echo quiet
$ false
$ printf '[1.5 ms] x 2026-01-31\n\nend\n'
[99 ms] x …

end
```

```sql file=below/it.sql
SELECT 1;
```

```console
$ cat below/it.sql
SELECT 1;
$ (exit 3)
$ echo $?
3
$ false
```

```console
$ never closed
END
mkdir "$scratch/wrong"
(trap - EXIT; cd "$scratch/wrong" && document_examples ../wrong.md 3>../wrong.tap)
is "$(grep -oE '^(not )?ok [^ ]+' "$scratch/wrong.tap" | tr '\n' ' ')" \
    "not ok wrong.md:2: not ok wrong.md:4: not ok wrong.md:6: ok wrong.md:7: not ok wrong.md:7 ok wrong.md:8: ok wrong.md:19: ok wrong.md:21: ok wrong.md:22: ok wrong.md:24: not ok wrong.md:24 not ok wrong.md:27: " \
    "an example that is wrong is found"

# --- the reference

is "$("$SKEIN" help --markdown; awk -f "$root/mk/dev/targets.awk" "$root/mk/migrate.mk")" \
    "$(cat "$root/docs/api-reference.md")" "docs/api-reference.md is current (make docs-reference)"

# --- links

# GitHub's name for a heading: lower case, punctuation away, blanks as hyphens.
anchors()
{
    sed -n 's/^##* //p' "$1" | sed 's/[`*]//g' | tr '[:upper:]' '[:lower:]' | sed 's/[^[:alnum:] _-]//g; s/ /-/g'
}

for document in "${documents[@]}"; do
    while IFS= read -r link; do
        [[ $link != http*://* ]] || continue
        file=${link%%#*} anchor=
        [[ $link != *#* ]] || anchor=${link#*#}
        target=$document
        [ -z "$file" ] || target=$(dirname "$document")/$file
        ok "$(basename "$document"): $link is there" test -e "$target"
        [ -z "$anchor" ] || ok "$(basename "$document"): $link has that heading" grep -qxF "$anchor" <(anchors "$target")
    done < <(awk '/^```/ { code = !code } !code' "$document" | grep -oE '\]\([^)]+\)' | sed 's/^](//; s/)$//')
done

done_testing
