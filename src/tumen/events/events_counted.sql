-- What became of the reports: events, and the reports that were counted once with another.
--
-- One row.
select
    count(*) as events, min("day") as first_day, max("day") as last_day,
    count(parties) as joint_events,
    coalesce(sum(reports) filter (where parties is not null), 0) as joint_reports,
    coalesce(sum(mirrored), 0) as mirrored,
    coalesce(sum(reports - 1 - mirrored) filter (where parties is null), 0) as echoed
from events_once
