-- What is kept of all files: positions, vessels, first and last moment, and what fell out between files.
--
-- One row.
with shared as (
    select
        coalesce(sum(p.copies - 1), 0) as duplicates,
        coalesce(sum(case when c.mmsi is null then 0 else 1 end), 0) as crowded
    from single_positions as p
    left join crowded_positions as c on p.mmsi = c.mmsi and p.t = c.t
),

held as (
    select
        count(*) as positions, count(distinct mmsi) as vessels, min(t) as "first", max(t) as "last",
        coalesce(max(case when receiver = 'simulated' then 'true' else 'false' end), 'false') as simulated
    from positions
)

select h.positions, h.vessels, h."first", h."last", h.simulated, s.duplicates, s.crowded
from held as h
cross join shared as s
