# The targets of mk/migrate.mk as Markdown, for docs/api-reference.md.  They stand there in the form that db-help
# prints: `#@` around the variables, `##@ Heading`, and `target synonym…: … ## text`.

BEGIN { print "\n## Targets of make\n\n`include …/mk/migrate.mk` brings them.\n\n| target | the same | meaning |\n|---|---|---|" }

/^#@/ { inside = !inside; next }

inside && /^#   [A-Z]/ {
    line = substr($0, 5)
    match(line, /   */)
    variable[++variables] = substr(line, 1, RSTART - 1)
    meaning[variables] = substr(line, RSTART + RLENGTH)
    next
}

inside { text = $0; sub(/^# */, "", text); meaning[variables] = meaning[variables] " " text; next }

/^db-.*: .*## / {
    text = $0; sub(/.*## /, "", text)
    names = $0; sub(/:.*/, "", names)
    count = split(names, name, " ")
    also = ""
    for (i = 2; i <= count; i++)
        also = also (i > 2 ? " " : "") "`" name[i] "`"
    printf "| `%s` | %s | %s. |\n", name[1], also, text
}

END {
    print "\n| variable on make's command line | meaning |\n|---|---|"
    for (i = 1; i <= variables; i++) {
        sub(/\.?$/, ".", meaning[i])
        printf "| `%s` | %s%s |\n", variable[i], toupper(substr(meaning[i], 1, 1)), substr(meaning[i], 2)
    }
}
