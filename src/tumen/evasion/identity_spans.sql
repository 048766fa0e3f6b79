-- Every name and every IMO number that an MMSI says, with when it says so first and last.
--
-- One row an MMSI and word. Names are compared in capitals; an IMO number of 0 says nothing.
select mmsi, 'name' as what, upper(trim(name)) as word, min(t) as first_t, max(t) as last_t, count(*) as messages
from positions
where name is not null and trim(name) <> ''
group by mmsi, upper(trim(name))
union all
select mmsi, 'imo' as what, cast(imo as varchar) as word, min(t) as first_t, max(t) as last_t, count(*) as messages
from positions
where imo is not null and imo <> 0
group by mmsi, imo
