-- What ships say of themselves, and from when to when they say it.
--
-- One row a word said in at least $least_messages messages: `what` is name or imo, said by the MMSI that is `holder`,
-- or mmsi, under which the IMO number that is `holder` was said.
select 'name' as what, mmsi as holder, upper(trim(name)) as word, min(t) as first_t, max(t) as last_t, count(*) as messages
from positions
where name is not null and trim(name) <> ''
group by mmsi, upper(trim(name))
having count(*) >= $least_messages
union all
select 'imo' as what, mmsi as holder, cast(imo as varchar) as word, min(t) as first_t, max(t) as last_t, count(*) as messages
from positions
where imo is not null
group by mmsi, imo
having count(*) >= $least_messages
union all
select 'mmsi' as what, imo as holder, cast(mmsi as varchar) as word, min(t) as first_t, max(t) as last_t, count(*) as messages
from positions
where imo is not null
group by imo, mmsi
having count(*) >= $least_messages
