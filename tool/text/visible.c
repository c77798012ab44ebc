#include "text/visible.h"

#include <string.h>

/* Bytes with which something may begin that nobody sees. */
static const bool suspicious[256] = {
    [0x01] = true, [0x02] = true, [0x03] = true, [0x04] = true, [0x05] = true, [0x06] = true, [0x07] = true, [0x08] = true,
    [0x0b] = true, [0x0c] = true, [0x0e] = true, [0x0f] = true, [0x10] = true, [0x11] = true, [0x12] = true, [0x13] = true,
    [0x14] = true, [0x15] = true, [0x16] = true, [0x17] = true, [0x18] = true, [0x19] = true, [0x1a] = true, [0x1b] = true,
    [0x1c] = true, [0x1d] = true, [0x1e] = true, [0x1f] = true, [0x7f] = true, [0xc2] = true, [0xd8] = true, [0xe2] = true};

/* How many bytes stand here for a character that is not seen; 0: it is seen. */
static size_t hidden(const unsigned char *at)
{
    if (at[0] < 0x80)
        return 1;
    if (at[0] == 0xc2)
        return at[1] >= 0x80 && at[1] <= 0x9f ? 2 : 0;
    if (at[0] == 0xd8)
        return at[1] == 0x9c ? 2 : 0;
    bool turns = (at[1] == 0x80 && at[2] >= 0xaa && at[2] <= 0xae) || (at[1] == 0x81 && at[2] >= 0xa6 && at[2] <= 0xa9);
    return turns ? 3 : 0;
}

static void add_picture(struct str *out, unsigned char c)
{
    if (c >= 0x80)
        str_add(out, "\xef\xbf\xbd");
    else
        str_addf(out, "\xe2\x90%c", c == 0x7f ? 0xa1 : 0x80 + c);
}

static size_t next_hidden(const struct str *text, size_t from)
{
    const unsigned char *bytes = (const unsigned char *)text->at;
    for (size_t at = from; at < text->length; at++)
        if (suspicious[bytes[at]] && hidden(bytes + at) > 0)
            return at;
    return text->length;
}

void visible_text(struct str *text)
{
    size_t at = next_hidden(text, 0), copied = 0;
    if (at == text->length)
        return;
    struct str out = str_new(text->arena);
    for (; at < text->length; at = next_hidden(text, copied)) {
        str_add_bytes(&out, text->at + copied, at - copied);
        add_picture(&out, (unsigned char)text->at[at]);
        copied = at + hidden((const unsigned char *)text->at + at);
    }
    str_add_bytes(&out, text->at + copied, text->length - copied);
    *text = out;
}
