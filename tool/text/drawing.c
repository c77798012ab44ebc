#include "text/drawing_work.h"

size_t drawing_add_box(struct arena *arena, struct drawing *drawing, long width, long height)
{
    *vec_add(arena, &drawing->boxes) = (struct drawing_box){.width = width, .height = height};
    return drawing->boxes.count - 1;
}

struct drawing_arrow *drawing_add_arrow(struct arena *arena, struct drawing *drawing, size_t from, size_t to)
{
    struct drawing_arrow *arrow = vec_add(arena, &drawing->arrows);
    *arrow = (struct drawing_arrow){.from = from, .to = to, .leaves = -1, .arrives = -1, .weight = 1};
    return arrow;
}

/* --- pieces: what is connected has one root, its first box */

static size_t find_root(size_t *roots, size_t box)
{
    while (roots[box] != box)
        box = roots[box] = roots[roots[box]];
    return box;
}

static size_t *find_roots(struct arena *arena, const struct drawing *drawing)
{
    size_t *roots = arena_alloc(arena, (drawing->boxes.count + 1) * sizeof *roots);
    for (size_t box = 0; box < drawing->boxes.count; box++)
        roots[box] = box;
    vec_each(arrow, &drawing->arrows) {
        size_t a = find_root(roots, arrow->from), b = find_root(roots, arrow->to);
        roots[a < b ? b : a] = a < b ? a : b;
    }
    for (size_t box = 0; box < drawing->boxes.count; box++)
        roots[box] = find_root(roots, box);
    return roots;
}

static struct parts *find_parts(struct arena *arena, const struct drawing *drawing)
{
    size_t *roots = find_roots(arena, drawing);
    struct parts *parts = arena_alloc(arena, (drawing->boxes.count + 1) * sizeof *parts);
    for (size_t box = 0; box < drawing->boxes.count; box++)
        *vec_add(arena, &parts[roots[box]].boxes) = box;
    for (size_t arrow = 0; arrow < drawing->arrows.count; arrow++)
        *vec_add(arena, &parts[roots[drawing->arrows.at[arrow].from]].arrows) = arrow;
    return parts;
}

/* --- one piece */

static long port(long given, long breadth)
{
    return given < 0 ? 0 : given * FINE - breadth * FINE / 2;
}

/* `places` says for each box which item of its piece it is.  Loops take no part. */
static void fill(struct piece *piece, const struct drawing *drawing, const struct parts *parts, size_t *places)
{
    vec_each(index, &parts->boxes) {
        const struct drawing_box *box = &drawing->boxes.at[*index];
        places[*index] = piece->items.count;
        *vec_add(piece->arena, &piece->items) =
            (struct item){.length = drawing->down ? box->height : box->width,
                          .breadth = drawing->down ? box->width : box->height};
    }
    vec_each(index, &parts->arrows) {
        const struct drawing_arrow *arrow = &drawing->arrows.at[*index];
        if (arrow->from == arrow->to)
            continue;
        struct link link = {places[arrow->from], places[arrow->to], 0, 0, arrow->weight};
        link.leaves = port(arrow->leaves, piece->items.at[link.from].breadth);
        link.arrives = port(arrow->arrives, piece->items.at[link.to].breadth);
        *vec_add(piece->arena, &piece->arrows) = link;
    }
}

static long pixel(long fine)
{
    return fine >= 0 ? (fine + FINE / 2) / FINE : -((-fine + FINE / 2) / FINE);
}

static void add_point(struct arena *arena, const struct drawing *drawing, struct drawing_points *points, long along,
                      long across)
{
    *vec_add(arena, points) = drawing->down ? (struct drawing_point){across, along} : (struct drawing_point){along, across};
}

/* The ways of arrows, from side to side; one that was turned is turned back. */
static void trace(struct arena *arena, struct drawing *drawing, const struct piece *piece, const struct link *link,
                  const struct indexes *passages, struct drawing_arrow *arrow, bool turned)
{
    const struct item *from = &piece->items.at[link->from], *to = &piece->items.at[link->to];
    struct drawing_points points = {0};
    long start = piece->starts[from->rank];
    add_point(arena, drawing, &points, start + from->length, pixel(from->across + link->leaves));
    add_point(arena, drawing, &points, start + piece->lengths[from->rank], pixel(from->across + link->leaves));
    vec_each(index, passages) {
        const struct item *passage = &piece->items.at[*index];
        start = piece->starts[passage->rank];
        add_point(arena, drawing, &points, start, pixel(passage->across));
        add_point(arena, drawing, &points, start + piece->lengths[passage->rank], pixel(passage->across));
    }
    start = piece->starts[to->rank];
    add_point(arena, drawing, &points, start, pixel(to->across + link->arrives));
    add_point(arena, drawing, &points, start, pixel(to->across + link->arrives));
    for (size_t i = 0, j = points.count; turned && i < --j; i++) {
        struct drawing_point point = points.at[i];
        points.at[i] = points.at[j];
        points.at[j] = point;
    }
    arrow->points = points;
}

static void take(struct arena *arena, struct drawing *drawing, const struct piece *piece, const struct parts *parts,
                 const size_t *places)
{
    vec_each(index, &parts->boxes) {
        struct drawing_box *box = &drawing->boxes.at[*index];
        const struct item *item = &piece->items.at[places[*index]];
        long along = piece->starts[item->rank], across = pixel(item->across - item->breadth * FINE / 2);
        box->x = drawing->down ? across : along;
        box->y = drawing->down ? along : across;
    }
    size_t number = 0;
    vec_each(index, &parts->arrows) {
        struct drawing_arrow *arrow = &drawing->arrows.at[*index];
        if (arrow->from == arrow->to)
            continue;
        const struct link *link = &piece->arrows.at[number];
        trace(arena, drawing, piece, link, &piece->chains[number++], arrow, link->from != places[arrow->from]);
    }
}

static void place_piece(struct arena *arena, struct drawing *drawing, const struct parts *parts, size_t *places)
{
    struct arena scratch = {0};
    struct piece piece = {.arena = &scratch, .rank_gap = drawing->rank_gap, .box_gap = drawing->box_gap};
    fill(&piece, drawing, parts, places);
    drawing_rank(&piece);
    drawing_order(&piece);
    drawing_settle(&piece);
    take(arena, drawing, &piece, parts, places);
    arena_release(&scratch);
}

static void place_loop(struct arena *arena, const struct drawing *drawing, struct drawing_arrow *arrow)
{
    const struct drawing_box *box = &drawing->boxes.at[arrow->from];
    long right = box->x + box->width, middle = box->y + box->height / 2;
    long leaves = !drawing->down && arrow->leaves >= 0 ? box->y + arrow->leaves : middle - 8;
    long arrives = !drawing->down && arrow->arrives >= 0 ? box->y + arrow->arrives : middle + 8;
    const struct drawing_point points[] = {{right, leaves}, {right + LOOP, leaves}, {right + LOOP, arrives}, {right, arrives}};
    for (size_t i = 0; i < sizeof points / sizeof *points; i++)
        *vec_add(arena, &arrow->points) = points[i];
}

void drawing_place(struct arena *arena, struct drawing *drawing)
{
    struct arena scratch = {0};
    struct parts *parts = find_parts(&scratch, drawing);
    size_t *places = arena_alloc(&scratch, (drawing->boxes.count + 1) * sizeof *places);
    drawing->width = drawing->height = 0;
    vec_each(arrow, &drawing->arrows)
        arrow->points = (struct drawing_points){0};
    for (size_t i = 0; i < drawing->boxes.count; i++)
        if (parts[i].boxes.count > 0)
            place_piece(arena, drawing, &parts[i], places);
    drawing_pack(&scratch, drawing, parts);
    vec_each(arrow, &drawing->arrows)
        if (arrow->from == arrow->to)
            place_loop(arena, drawing, arrow);
    arena_release(&scratch);
}

static void add_line(const struct drawing_point *a, const struct drawing_point *b, struct str *out)
{
    if (a->x != b->x || a->y != b->y)
        str_addf(out, "L%ld %ld", b->x, b->y);
}

static void add_curve(const struct drawing *drawing, const struct drawing_point *a, const struct drawing_point *b,
                      struct str *out)
{
    if (drawing->down)
        str_addf(out, "C%ld %ld %ld %ld %ld %ld", a->x, (a->y + b->y) / 2, b->x, (a->y + b->y) / 2, b->x, b->y);
    else
        str_addf(out, "C%ld %ld %ld %ld %ld %ld", (a->x + b->x) / 2, a->y, (a->x + b->x) / 2, b->y, b->x, b->y);
}

void drawing_path(const struct drawing *drawing, const struct drawing_arrow *arrow, struct str *out)
{
    const struct drawing_points *points = &arrow->points;
    for (size_t i = 0; i < points->count; i++) {
        const struct drawing_point *at = &points->at[i];
        if (i == 0)
            str_addf(out, "M%ld %ld", at->x, at->y);
        else if (arrow->from == arrow->to || i % 2 == 1)
            add_line(at - 1, at, out);
        else
            add_curve(drawing, at - 1, at, out);
    }
}
