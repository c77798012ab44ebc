DROP VIEW {{{object.sql}}};
