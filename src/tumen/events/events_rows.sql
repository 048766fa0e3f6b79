-- Events as rows of the record's table, in order of time.
--
-- One row an event. Its sign is that of its intensity, or that of its quad class where it has none.
select
    id, "day" as "date", 'day' as date_precision, source_actor, target_actor, kind, description,
    cast(
        case
            when goldstein > 0 then 1
            when goldstein < 0 then -1
            when goldstein = 0 then 0
            when quad in ('verbal-cooperation', 'material-cooperation') then 1
            when quad in ('verbal-conflict', 'material-conflict') then -1
            else 0
        end as bigint
    ) as sign,
    'low' as certainty, code, goldstein, quad, parties, reports,
    cast($source as varchar) as source
from events_once
order by "day" nulls last, id nulls last
