-- How many rows of a file are left out, by reason, and how many are kept.
--
-- One row a reason, null for the rows that are kept. `swapped` counts those that would be on the globe if
-- longitude and latitude changed places; `zoned` those whose time names its zone.
select
    reason,
    count(*) as "rows",
    sum(case when swapped then 1 else 0 end) as swapped,
    sum(case when zoned then 1 else 0 end) as zoned
from judged_positions
group by reason
order by "rows" desc nulls last, reason nulls first
