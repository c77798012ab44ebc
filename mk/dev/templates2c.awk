# Turns the built-in templates into C text: templates/migration/table.yaml becomes a row of built_in_templates[].
BEGIN { print "#include \"write/template_built_in.h\"\n\nconst struct built_in_template built_in_templates[] = {" }
FNR == 1 {
    if (open) print "    },"
    name = FILENAME
    sub(/^templates\//, "", name)
    printf "    {\"%s\",\n", name
    open = 1
}
{
    gsub(/[\\"?]/, "\\\\&")
    printf "     \"%s\\n\"\n", $0
}
END {
    if (open) print "    },"
    print "    {0, 0},\n};"
}
