-- The states in each sentence or article that reports one kind of event, on one day, between more than one pair.
--
-- One row a unit and state.
with many as (
    select "day", code, unit
    from reports
    where unit is not null
    group by "day", code, unit
    having min(low) <> max(low) or min(high) <> max(high)
)
select r."day", r.code, r.unit, r.low as actor
from reports as r
join many as m on r."day" = m."day" and r.code = m.code and r.unit = m.unit
union
select r."day", r.code, r.unit, r.high as actor
from reports as r
join many as m on r."day" = m."day" and r.code = m.code and r.unit = m.unit
