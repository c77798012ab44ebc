-- The tables of the measured statements, as far as these tell, in a server whose time zone was UTC.
SET timezone = 'UTC';
CREATE SCHEMA w;
SET search_path = w;
CREATE TYPE e AS ENUM ('a', 'b');
CREATE TABLE o (id bigint PRIMARY KEY, d text);
CREATE TABLE t (
    id bigint PRIMARY KEY,
    a int,
    b text,
    v varchar(50),
    n numeric(10, 2),
    ts timestamp,
    j json,
    ip cidr,
    e e,
    c char(5),
    chk int,
    nn int,
    oid_ bigint
);
ALTER TABLE t ADD CONSTRAINT nn_check CHECK (nn IS NOT NULL);
ALTER TABLE t ADD CONSTRAINT a_nv CHECK (a > -5) NOT VALID;
ALTER TABLE t ADD CONSTRAINT fk_nv FOREIGN KEY (oid_) REFERENCES o NOT VALID;
CREATE INDEX t_b ON t (b);
CREATE INDEX t_v ON t (v);
CREATE UNIQUE INDEX t_uq ON t (a);
CREATE INDEX t_ts ON t (ts);
CREATE STATISTICS st ON a, chk FROM t;
CREATE VIEW vw AS SELECT id FROM t;
CREATE MATERIALIZED VIEW mv AS SELECT id FROM t;
CREATE UNIQUE INDEX mv_i ON mv (id);
CREATE TABLE p (k int, d text) PARTITION BY LIST (k);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
CREATE TABLE p2 (k int, d text);
CREATE TABLE p3 (k int, d text, CONSTRAINT p3_check CHECK (k IS NOT NULL AND k = 3));
CREATE SEQUENCE sq;
CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
INSERT INTO o SELECT i, 'o' FROM generate_series(1, 1000) AS i;
INSERT INTO t SELECT i, i, 'b', 'v', 1, now(), '{}', '10.0.0.0/8', 'a', 'c', 1, 1, i FROM generate_series(1, 1000) AS i;
INSERT INTO p2 SELECT 2, 'x' FROM generate_series(1, 1000);
INSERT INTO p3 SELECT 3, 'x' FROM generate_series(1, 1000);
REFRESH MATERIALIZED VIEW mv;

-- What the statements of our own need besides.
CREATE DOMAIN d_plain AS int;
CREATE DOMAIN d_default AS int DEFAULT 3;
CREATE DOMAIN d_check AS int CHECK (VALUE > 0);
CREATE DOMAIN d_not_null AS text DEFAULT '' NOT NULL;
CREATE DOMAIN d_of_check AS d_check;
CREATE DOMAIN d_volatile AS uuid DEFAULT gen_random_uuid();
CREATE DOMAIN d_of_volatile AS d_volatile;
CREATE DOMAIN d_settled AS d_volatile DEFAULT '00000000-0000-0000-0000-000000000000';
CREATE DOMAIN d_later AS uuid;
ALTER DOMAIN d_later SET DEFAULT gen_random_uuid();
CREATE TYPE pair AS (a int, b int);
CREATE FUNCTION f_volatile() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN 1; END';
CREATE FUNCTION f_stable() RETURNS int LANGUAGE sql STABLE AS 'SELECT 1';
CREATE TABLE types (
    i2 smallint, i4 int, i8 bigint, f4 real, f8 float8, num numeric, num102 numeric(10, 2), money money,
    txt text, vc varchar, vc10 varchar(10), ch10 char(10), one "char", nam name, bool boolean,
    bt1 bit(8), vb bit varying, vb8 bit varying(8), by bytea, uu uuid, js json, jb jsonb, x xml,
    da date, ti time, ti3 time(3), tiz timetz, ts timestamp, ts3 timestamp(3), tsz timestamptz, tsz3 timestamptz(3),
    iv interval, iv3 interval(3), ivd interval day to second, ci cidr, ine inet, mac macaddr, oi oid, reg regclass,
    i4a int[], txa text[], vca varchar(10)[], en e, dp d_plain, dc d_check, i4r int4range, pt point
);
INSERT INTO types (i4, i8, txt, uu) SELECT i, i, 'x', '00000000-0000-0000-0000-000000000000' FROM generate_series(1, 100) AS i;
CREATE TABLE keyed (
    a int NOT NULL, b int, c int, d text, e varchar(10), f varchar(10), g varchar(10),
    CONSTRAINT keyed_c CHECK (c > 0), CONSTRAINT keyed_f CHECK (f <> '')
);
ALTER TABLE keyed ADD CONSTRAINT keyed_g CHECK (g <> '') NOT VALID;
INSERT INTO keyed SELECT i, i, i, 'd', 'e' FROM generate_series(1, 100) AS i;
CREATE TABLE negated (a int, b int, CHECK (NOT (a IS NULL)), CHECK (NOT (NOT (b IS NOT NULL)) AND b > 0));
INSERT INTO negated SELECT i, i FROM generate_series(1, 100) AS i;
CREATE UNIQUE INDEX keyed_a ON keyed (a);
CREATE UNIQUE INDEX keyed_b ON keyed (b);
CREATE INDEX keyed_de ON keyed (d, lower(e)) WHERE c > 0;
CREATE TABLE parent (id int PRIMARY KEY, code text UNIQUE);
CREATE TABLE child (id int PRIMARY KEY, parent_id int REFERENCES parent, self_id int REFERENCES child, serial_id serial);
INSERT INTO parent SELECT i, i FROM generate_series(1, 100) AS i;
INSERT INTO child SELECT i, i, i FROM generate_series(1, 100) AS i;
CREATE VIEW child_view AS SELECT id, parent_id FROM child;
CREATE TABLE r (id int NOT NULL, at date NOT NULL, note text) PARTITION BY RANGE (at);
CREATE INDEX r_at ON r (at);
CREATE TABLE r_2024 PARTITION OF r FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE r_rest PARTITION OF r DEFAULT;
CREATE TABLE r_2025 (id int NOT NULL, at date NOT NULL, note text,
                     CONSTRAINT r_2025_at CHECK (at >= '2025-01-01' AND at < '2026-01-01'));
CREATE TABLE r_2026 (id int NOT NULL, at date NOT NULL, note text);
INSERT INTO r SELECT i, '2024-06-01', 'x' FROM generate_series(1, 100) AS i;
INSERT INTO r SELECT i, '2020-06-01', 'x' FROM generate_series(1, 100) AS i;
INSERT INTO r_2025 SELECT i, '2025-06-01', 'x' FROM generate_series(1, 100) AS i;
INSERT INTO r_2026 SELECT i, '2026-06-01', 'x' FROM generate_series(1, 100) AS i;
CREATE TABLE q (id bigint NOT NULL, v text) PARTITION BY RANGE (id);
CREATE TABLE q_1 PARTITION OF q FOR VALUES FROM (1) TO (1000);
CREATE TABLE q_2 (id bigint NOT NULL, v text, CONSTRAINT q_2_id CHECK (id >= 1000 AND id < 1500));
CREATE TABLE q_3 (id bigint NOT NULL, v text, CONSTRAINT q_3_id CHECK (id >= 2000 AND id < 4000));
INSERT INTO q SELECT i, 'x' FROM generate_series(1, 100) AS i;
INSERT INTO q_2 SELECT i + 1000, 'x' FROM generate_series(1, 100) AS i;
INSERT INTO q_3 SELECT i + 2000, 'x' FROM generate_series(1, 100) AS i;
CREATE TABLE l3 (k int, d text, CONSTRAINT l3_in CHECK (k IS NOT NULL AND k IN (5, 6)));
CREATE TABLE l4 (k int NOT NULL, d text, CONSTRAINT l4_in CHECK (k = ANY (ARRAY[5, 6, 7])));
CREATE TABLE l5 (k int, d text, CONSTRAINT l5_in CHECK (k = 5));
INSERT INTO l3 SELECT 5, 'x' FROM generate_series(1, 100);
INSERT INTO l4 SELECT 5, 'x' FROM generate_series(1, 100);
INSERT INTO l5 SELECT 5, 'x' FROM generate_series(1, 100);
CREATE TABLE ident (id int GENERATED BY DEFAULT AS IDENTITY, a int, g int GENERATED ALWAYS AS (a * 2) STORED);
INSERT INTO ident (a) SELECT i FROM generate_series(1, 100) AS i;
CREATE TABLE log (id int, line text);
CREATE TABLE base (id int, a int);
CREATE TABLE heir (b int) INHERITS (base);
INSERT INTO base SELECT i, i FROM generate_series(1, 100) AS i;
INSERT INTO heir SELECT i, i, i FROM generate_series(1, 100) AS i;
CREATE TRIGGER ch_trigger BEFORE INSERT ON child FOR EACH ROW EXECUTE FUNCTION tf();
CREATE POLICY ch_policy ON child USING (true);
CREATE RULE log_rule AS ON DELETE TO log DO ALSO NOTHING;
INSERT INTO p VALUES (1, 'x');
INSERT INTO log VALUES (1, 'x');
CREATE TABLE fo (id bigint PRIMARY KEY);
INSERT INTO fo SELECT i FROM generate_series(1, 100) AS i;
CREATE TABLE fp (id int, o_id bigint, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE fp_1 PARTITION OF fp FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE fp_2 PARTITION OF fp FOR VALUES FROM ('2025-01-01') TO ('2026-01-01') PARTITION BY LIST (id);
CREATE TABLE fp_2a PARTITION OF fp_2 FOR VALUES IN (1);
CREATE TABLE fp_rest PARTITION OF fp DEFAULT;
INSERT INTO fp SELECT 1, i, '2024-06-01' FROM generate_series(1, 100) AS i;
INSERT INTO fp SELECT 1, i, '2025-06-01' FROM generate_series(1, 100) AS i;
INSERT INTO fp SELECT 1, i, '2020-06-01' FROM generate_series(1, 100) AS i;
ALTER TABLE fp_1 ADD CONSTRAINT fp_o FOREIGN KEY (o_id) REFERENCES fo (id);
ALTER TABLE fp_2a ADD CONSTRAINT fp_o FOREIGN KEY (o_id) REFERENCES fo;
ALTER TABLE fp_rest ADD CONSTRAINT fp_o FOREIGN KEY (o_id) REFERENCES fo (id);
ALTER TABLE fp_rest ADD CONSTRAINT fp_rest_2026 CHECK (at < '2026-01-01' OR at >= '2027-01-01');
ALTER TABLE fp_rest ADD CONSTRAINT fp_rest_2028 CHECK (at < '2028-01-01' OR at >= '2029-01-01') NOT VALID;
CREATE TABLE fp_new (id int, o_id bigint, at date NOT NULL);
CREATE TABLE fp_2028 (id int, o_id bigint, at date NOT NULL);
INSERT INTO fp_new SELECT 1, i, '2026-02-10' FROM generate_series(1, 100) AS i;
INSERT INTO fp_2028 SELECT 1, i, '2028-02-10' FROM generate_series(1, 100) AS i;
CREATE TABLE lp (k text) PARTITION BY LIST (k);
CREATE TABLE lp_rest PARTITION OF lp DEFAULT;
INSERT INTO lp SELECT 'x' FROM generate_series(1, 100);
ALTER TABLE lp_rest ADD CONSTRAINT lp_rest_ab CHECK (k NOT IN ('a', 'b'));
ALTER TABLE lp_rest ADD CONSTRAINT lp_rest_c CHECK (k <> 'c');
ALTER TABLE lp_rest ADD CONSTRAINT lp_rest_null CHECK (k IS NOT NULL AND k <> ALL (ARRAY['d', 'e']));
CREATE TABLE lp_a AS SELECT 'a'::text AS k FROM generate_series(1, 100);
CREATE TABLE lp_c AS SELECT 'c'::text AS k FROM generate_series(1, 100);
CREATE TABLE lp_d AS SELECT 'd'::text AS k FROM generate_series(1, 100);
CREATE TRIGGER fp_trigger BEFORE INSERT ON fp FOR EACH ROW EXECUTE FUNCTION tf();
CREATE TABLE rn (a int) PARTITION BY RANGE (a);
CREATE TABLE rn_rest PARTITION OF rn DEFAULT;
INSERT INTO rn VALUES (NULL), (1);
ALTER TABLE rn_rest ADD CONSTRAINT rn_rest_a CHECK (a < 10 OR a >= 20);
CREATE TABLE rn_1 AS SELECT 11 AS a FROM generate_series(1, 100);
