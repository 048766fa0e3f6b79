-- How many runs have a head that is not yet the first of its chain.
select count(*) as runs
from chains as a
inner join chains as b on a.mmsi = b.mmsi and a.head = b.run
where b.head <> b.run
