-- What is kept of all files: positions, vessels, first and last moment, and what fell out between files.
--
-- One row.
with told as (
    select p.*, c.mmsi is null as kept
    from single_positions as p
    left join crowded_positions as c on p.mmsi = c.mmsi and p.t = c.t
)

select
    coalesce(sum(case when kept then 1 else 0 end), 0) as positions,
    count(distinct case when kept then mmsi end) as vessels,
    min(case when kept then t end) as "first",
    max(case when kept then t end) as "last",
    coalesce(max(case when kept and receiver = 'simulated' then 'true' else 'false' end), 'false') as simulated,
    coalesce(sum(copies - 1), 0) as duplicates,
    coalesce(sum(case when kept then 0 else 1 end), 0) as crowded
from told
