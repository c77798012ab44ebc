do $$
<<outer>>
declare c cursor for select * from cur; v int := 3;
begin
  alter table t add column a int;
  if not exists (select 1 from pg_type where typname = 'x') then
    create type x as enum ('a');
  elsif v > 1 then
    perform f(1);
  else
    execute 'drop table z';
  end if;
  for r in select * from big loop
    update t set a = r.a where id = r.id;
    exit when v = 1;
  end loop;
  for i in 1..10 loop insert into t values (i) returning id into v; end loop;
  select a, b into strict v, rec.x[1] from t2 where q;
  begin
     create index i on t (a);
  exception when duplicate_table or others then
     raise notice 'x %', v;
  end;
  v := (select count(*) from cnt);
  execute format('alter table %I.%I add b int', 's', 'tt');
  execute 'alter table ' || quote_ident(tbl) || ' x';
  execute $q$ create table ex (id int) $q$ using v;
  case v when 1 then delete from c1; else delete from c2; end case;
  while v < 1 loop v = v + 1; end loop;
  commit;
  if v = 1 then return; end if;
  truncate after_return;
  do $x$ begin drop table inner_do; end $x$;
end outer;
$$;
do 'begin execute ''drop table "ö"''; end';
do language plpython3u 'x';
create or replace function s.f(a int, out b text) returns int language plpgsql stable as $f$ begin insert into log select * from src; return query select * from rq; end $f$;
create function g() returns int language sql as 'select 1 from gt; update u set a=1';
create function h(x int) returns int begin atomic select * from ha; insert into hb values (1); end;
create procedure p() language sql return 1;
create function bad() returns int language plpgsql as $$ bogus $$;
create trigger tr before insert on t for each row execute function s.f();
