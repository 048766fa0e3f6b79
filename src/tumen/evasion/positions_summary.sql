-- What is kept of all files: positions, vessels, first and last moment, and what fell out between files.
--
-- One row.
select
    count(*) as positions,
    count(distinct mmsi) as vessels,
    min(t) as "first",
    max(t) as "last",
    coalesce(max(case when receiver = 'simulated' then 'true' else 'false' end), 'false') as simulated,
    (select coalesce(sum(copies - 1), 0) from single_positions) as duplicates,
    (select coalesce(sum(places), 0) from crowded_positions) as crowded
from tidy_positions
