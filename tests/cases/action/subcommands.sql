alter table only ("s" . "t""x") /* , */ add a numeric(1,2) default E'\',' , -- , )
 drop b, add check (x in (1,2) and y = ',' and $$,$$ = $a$,$a$ and $1 = ','), alter z type int[] using array[1,2], set (a=1,b=2), add e int;
alter type ct add attribute a int, drop attribute b;
