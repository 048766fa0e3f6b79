-- What ships say of themselves, and from when to when they say it.
--
-- One row a word said in at least $least_messages messages: `what` is name or imo, said by the MMSI that is `holder`,
-- or mmsi, under which the IMO number that is `holder` was said. Names are those of `meant_names`, without fillers; an IMO
-- number of 0 stands for none.
select 'name' as what, p.mmsi as holder, n.word, min(p.t) as first_t, max(p.t) as last_t, count(*) as messages
from positions as p
inner join meant_names as n on p.name = n.name
group by p.mmsi, n.word
having count(*) >= $least_messages
union all
select 'imo' as what, mmsi as holder, cast(imo as varchar) as word, min(t) as first_t, max(t) as last_t, count(*) as messages
from positions
where imo > 0
group by mmsi, imo
having count(*) >= $least_messages
union all
select 'mmsi' as what, imo as holder, cast(mmsi as varchar) as word, min(t) as first_t, max(t) as last_t, count(*) as messages
from positions
where imo > 0
group by imo, mmsi
having count(*) >= $least_messages
