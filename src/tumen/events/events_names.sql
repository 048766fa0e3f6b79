-- Every spelling of an actor, and how many reports name it.
--
-- One row a spelling.
select spelling, count(*) as reports
from (
    select source_name as spelling from read_reports
    union all
    select target_name as spelling from read_reports
) as named
where spelling is not null
group by spelling
order by spelling nulls last
