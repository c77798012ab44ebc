#include "text/picture.h"

#include "text/template_filter.h"

enum {
    EM = 15, EM_PARTS = 2,  /* a character is 15/2 pixels wide: a little more than monospaced fonts of 12 have */
    PADDING = 10, TITLE = 28, LINE = 18, BOTTOM = 6, BEHIND_MARK = 9, BETWEEN = 16, MARGIN = 8, LONGEST = 44
};

struct picture picture_new(struct arena *arena, const char *name, const char *label, bool down)
{
    return (struct picture){arena, name, label, {0}, {0},
                            {.down = down, .rank_gap = down ? 36 : 56, .box_gap = 18}};
}

size_t picture_add_box(struct picture *picture, const char *title, const char *link, const char *style)
{
    *vec_add(picture->arena, &picture->boxes) = (struct picture_box){.title = title, .link = link, .style = style};
    return drawing_add_box(picture->arena, &picture->drawing, 0, 0);
}

void picture_add_line(struct picture *picture, size_t box, const char *mark, const char *text, const char *kind)
{
    *vec_add(picture->arena, &picture->boxes.at[box].lines) = (struct picture_line){mark, text, kind};
}

static long line_middle(int line)
{
    return line < 0 ? -1 : TITLE + line * LINE + LINE / 2;
}

struct picture_arrow *picture_add_arrow(struct picture *picture, size_t from, int from_line, size_t to, int to_line)
{
    struct drawing_arrow *arrow = drawing_add_arrow(picture->arena, &picture->drawing, from, to);
    arrow->leaves = line_middle(from_line);
    arrow->arrives = line_middle(to_line);
    return vec_add(picture->arena, &picture->arrows);
}

/* --- measures */

/* Columns of the character that begins with a byte: letters of East Asia are wide.  Not asked of any locale. */
static size_t columns_of(unsigned char byte)
{
    return byte >= 0xe3 ? 2 : (byte & 0xc0) != 0x80;
}

static size_t columns(const char *text)
{
    size_t count = 0;
    for (; *text != '\0'; text++)
        count += columns_of((unsigned char)*text);
    return count;
}

/* As it is shown: on one line, without control characters, and not too long. */
static const char *shown(struct arena *arena, const char *text)
{
    struct str out = str_new(arena);
    size_t count = 0;
    bool cut = columns(text) > LONGEST;
    for (; *text != '\0' && !(cut && count + columns_of((unsigned char)*text) >= LONGEST); text++) {
        str_add_char(&out, (unsigned char)*text < ' ' ? ' ' : *text);
        count += columns_of((unsigned char)*text);
    }
    str_add(&out, cut ? "…" : "");
    return out.at == NULL ? "" : out.at;
}

static long width_of(const struct picture *picture, const char *text)
{
    return text == NULL ? 0 : (long)columns(shown(picture->arena, text)) * EM / EM_PARTS;
}

/* How far to the right of their marks the texts of lines begin: all of a box alike. */
static long marks_width(const struct picture *picture, const struct picture_box *box)
{
    long widest = 0;
    vec_each(line, &box->lines) {
        long width = line->mark == NULL ? 0 : width_of(picture, line->mark) + BEHIND_MARK;
        widest = width > widest ? width : widest;
    }
    return widest;
}

static void measure(const struct picture *picture, const struct picture_box *box, struct drawing_box *size)
{
    long widest = width_of(picture, box->title), marks = marks_width(picture, box);
    vec_each(line, &box->lines) {
        long width = marks + width_of(picture, line->text);
        width += line->kind == NULL ? 0 : BETWEEN + width_of(picture, line->kind);
        widest = width > widest ? width : widest;
    }
    size->width = widest + 2L * PADDING;
    size->height = TITLE + (long)box->lines.count * LINE + (box->lines.count > 0 ? BOTTOM : 0);
}

/* --- SVG */

static void add_text(const struct picture *picture, struct str *out, const char *style, long x, long y, const char *text)
{
    str_addf(out, "<text class=\"%s\" x=\"%ld\" y=\"%ld\">", style, x, y);
    template_filter_html(shown(picture->arena, text), out, NULL);
    str_add(out, "</text>");
}

static void add_hint(struct str *out, const char *hint)
{
    if (hint == NULL)
        return;
    str_add(out, "<title>");
    template_filter_html(hint, out, NULL);
    str_add(out, "</title>");
}

static void add_style(struct str *out, const char *name, const char *style)
{
    str_addf(out, " class=\"%s", name);
    if (style != NULL) {
        str_add_char(out, ' ');
        template_filter_html(style, out, NULL);
    }
    str_add(out, "\"");
}

static void add_box(const struct picture *picture, const struct picture_box *box, const struct drawing_box *place,
                    struct str *out)
{
    const char *element = box->link == NULL ? "g" : "a";
    str_addf(out, "<%s", element);
    if (box->link != NULL) {
        str_add(out, " href=\"");
        template_filter_html(box->link, out, NULL);
        str_add(out, "\"");
    }
    add_style(out, "box", box->style);
    str_add_char(out, '>');
    add_hint(out, box->hint == NULL ? box->title : box->hint);
    str_addf(out, "<rect x=\"%ld\" y=\"%ld\" width=\"%ld\" height=\"%ld\" rx=\"6\"/>", place->x, place->y, place->width,
             place->height);
    add_text(picture, out, "title", place->x + PADDING, place->y + 19, box->title);
    long y = place->y + TITLE + 12, marks = marks_width(picture, box);
    vec_each(line, &box->lines) {
        if (line->mark != NULL)
            add_text(picture, out, "mark", place->x + PADDING, y, line->mark);
        add_text(picture, out, "line", place->x + PADDING + marks, y, line->text);
        if (line->kind != NULL)
            add_text(picture, out, "kind", place->x + place->width - PADDING, y, line->kind);
        y += LINE;
    }
    str_addf(out, "</%s>\n", element);
}

static void add_arrow(const struct picture *picture, size_t number, struct str *out)
{
    const struct picture_arrow *arrow = &picture->arrows.at[number];
    str_add(out, "<path");
    add_style(out, "arrow", arrow->style);
    str_addf(out, " marker-end=\"url(#%s-tip)\" d=\"", picture->name);
    drawing_path(&picture->drawing, &picture->drawing.arrows.at[number], out);
    str_add(out, "\">");
    add_hint(out, arrow->hint);
    str_add(out, "</path>\n");
}

void picture_render(struct picture *picture, struct str *out)
{
    struct drawing *drawing = &picture->drawing;
    for (size_t i = 0; i < picture->boxes.count; i++)
        measure(picture, &picture->boxes.at[i], &drawing->boxes.at[i]);
    drawing_place(picture->arena, drawing);
    long width = drawing->width + 2L * MARGIN, height = drawing->height + 2L * MARGIN;
    str_addf(out, "<svg class=\"picture\" id=\"%s\" width=\"%ld\" height=\"%ld\" viewBox=\"%d %d %ld %ld\" role=\"group\" aria-label=\"",
             picture->name, width, height, -MARGIN, -MARGIN, width, height);
    template_filter_html(picture->label, out, NULL);
    str_addf(out, "\">\n<defs><marker id=\"%s-tip\" class=\"tip\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"8\" "
             "markerHeight=\"8\" orient=\"auto\"><path d=\"M0 0L8 4L0 8z\"/></marker></defs>\n", picture->name);
    for (size_t i = 0; i < picture->arrows.count; i++)
        add_arrow(picture, i, out);
    for (size_t i = 0; i < picture->boxes.count; i++)
        add_box(picture, &picture->boxes.at[i], &drawing->boxes.at[i], out);
    str_add(out, "</svg>\n");
}
