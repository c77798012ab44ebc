# Turns tool/sql/functions.txt into a C table, a row for each name and range of servers, sorted by name.
function mask(digits, i, bits)
{
    for (i = 1; digits != "-" && i <= length(digits); i++)
        bits += 2 ^ substr(digits, i, 1)
    return bits + 0
}
BEGIN { sorted = "LC_ALL=C sort"; print "#include \"sql/functions.h\"\n\nconst struct function_row functions[] = {" }
/^#/ { next }
{
    split($1, servers, "-")
    if (oldest == "" || servers[1] < oldest) oldest = servers[1]
    if (servers[2] > newest) newest = servers[2]
    for (i = 4; i <= NF; i++) {
        printf "    {\"%s\", %d, %d, %d, %d},\n", $i, servers[1], servers[2], mask($2), mask($3) | sorted
        count++
    }
}
END {
    close(sorted)
    printf "};\nconst size_t functions_count = %d;\n", count
    printf "const int functions_oldest = %d, functions_newest = %d;\n", oldest, newest
}
