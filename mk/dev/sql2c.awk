# Turns SQL files into C strings named after the files: pg/sql/lock_try.sql -> sql_lock_try.
# Comment lines at the top of a file are for its readers and are not sent.
BEGIN {
    if (header)
        print "#ifndef SQL_H\n#define SQL_H\n"
    else
        print "#include \"sql.h\"\n"
}
FNR == 1 {
    if (open) print "    ;\n"
    name = FILENAME
    sub(/.*\//, "", name); sub(/\.sql$/, "", name)
    if (header) { printf "extern const char sql_%s[];\n", name }
    else { printf "const char sql_%s[] =\n", name; open = 1; top = 1 }
}
header { next }
top && /^--/ { next }
{
    top = 0
    gsub(/\\/, "\\\\"); gsub(/"/, "\\\"")
    printf "    \"%s\\n\"\n", $0
}
END {
    if (header) print "\n#endif"
    else if (open) print "    ;"
}
