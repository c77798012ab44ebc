# Turns the built-in rules into C text: tool/model/rules/index.yaml becomes a row of built_in_rules[].
BEGIN { print "#include \"model/rule_built_in.h\"\n\nconst struct built_in_rules built_in_rules[] = {" }
FNR == 1 {
    if (open) print "    },"
    name = FILENAME
    sub(/.*\//, "", name); sub(/\.yaml$/, "", name)
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
