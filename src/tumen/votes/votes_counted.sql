-- What is kept: votes, roll calls, and the days that they span.
--
-- One row. `cast_votes` are those that are not absences.
select
    count(*) as votes, count(distinct concat(cast("day" as varchar), ' ', resolution)) as roll_calls,
    count(*) filter (where vote <> '-') as cast_votes, min("day") as first_day, max("day") as last_day
from (select distinct "day", resolution, actor, vote from judged_votes where reason is null) as kept
